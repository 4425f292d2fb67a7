import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Scenario, StandIns } from '../clusters/kind/stand-ins.js';
import { run } from './run.js';

const DAYS = 86_400_000;
const SHAPE = {
  workers: 2,
  image: 'kindest/node:v1.36.4@sha256:099e',
  network: 'kindnet',
  dualStack: false,
  addons: [],
};
const ME = { pid: process.pid, host: hostname(), started: Date.now() };
const DEAD = { pid: 4_190_000, host: hostname(), started: Date.now() };

let standIns: StandIns;
beforeEach(() => {
  standIns = new StandIns(['docker', 'kind']);
});
afterEach(() => standIns.remove());

const file = () => join(standIns.home, 'clusters', 'clusters.json');
const remembered = () => (JSON.parse(readFileSync(file(), 'utf8')) as { clusters: { host: string }[] }).clusters;

/** Clusters that kind has, and what we remember of clusters. */
function given(there: readonly string[], records: readonly object[], scenario: Scenario = {}): void {
  const containers = there.map((host) => [
    `kubedrill-${host}-control-plane`,
    { cluster: `kubedrill-${host}`, role: 'control-plane', running: true },
  ]);
  const foreign = ['kind-control-plane', { cluster: 'kind', role: 'control-plane', running: true }];
  const state = { containers: Object.fromEntries([...containers, foreign]) };
  writeFileSync(join(standIns.folder, 'state.json'), JSON.stringify(state));
  mkdirSync(join(standIns.home, 'clusters'), { recursive: true });
  const base = { engine: 'docker', shape: SHAPE, created: Date.now() - 3 * DAYS - 1, stands: 'ready' };
  const clusters = records.map((record) => ({ ...base, ...record }));
  writeFileSync(file(), JSON.stringify({ version: 1, clusters }));
  standIns.scenario(scenario);
}

const cluster = (...words: string[]) =>
  run(['cluster', ...words], { ...standIns.environment, KUBEDRILL_HOME: standIns.home });

const SIX = [
  { host: 'kd1' },
  { host: 'kd2', kept: true, shape: { ...SHAPE, workers: 0, addons: ['ingress-nginx', 'metrics-server'] } },
  { host: 'kd3', holder: ME },
  { host: 'kd4', stands: 'creating', holder: DEAD },
  { host: 'kd5', attempt: 'a1', holder: DEAD },
  { host: 'kd9' },
];
const THERE = ['kd1', 'kd2', 'kd3', 'kd4', 'kd5', 'kd6'];

test('list says how each stands; what is gone is forgotten; those of others are left out', async () => {
  given(THERE, SIX);
  const { code, stdout } = await cluster('list');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'NAME  STATE   NODES  VERSION  ENGINE  NETWORK  ADD-ONS                       AGE',
    'kd1   warm    3      1.36.4   docker  kindnet  -                             3d',
    'kd2   kept    1      1.36.4   docker  kindnet  ingress-nginx,metrics-server  3d',
    'kd3   in use  3      1.36.4   docker  kindnet  -                             3d',
    'kd4   stray   3      1.36.4   docker  kindnet  -                             3d',
    'kd5   left    3      1.36.4   docker  kindnet  -                             3d',
    'kd6   stray   -      -        -       -        -                             -',
    'Strays are of no more use: `kubedrill cluster delete NAME` removes one.',
    '',
  ]);
  expect(remembered().map(({ host }) => host)).toEqual(['kd1', 'kd2', 'kd3', 'kd4', 'kd5']);
  const json = JSON.parse((await cluster('list', '--json')).stdout);
  expect(json[2]).toMatchObject({
    name: 'kd3',
    cluster: 'kubedrill-kd3',
    stands: 'in use',
    pid: process.pid,
    nodes: 3,
  });
});

test('delete refuses what is in use, deletes the rest, and forgets it', async () => {
  given(THERE, SIX);
  const refused = await cluster('delete', 'kubedrill-kd3', '--yes');
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain(`kubedrill-kd3 is in use by another kubedrill (process ${process.pid}).`);
  const unasked = await cluster('delete', 'kd1');
  expect(unasked).toMatchObject({ code: 1 });
  expect(unasked.stderr).toContain('nobody can be asked here');
  const all = await cluster('delete', '--all', '--yes');
  expect(all.code).toBe(0);
  expect(all.stdout).toBe(['kd1', 'kd2', 'kd4', 'kd5', 'kd6'].map((host) => `Deleted kubedrill-${host}.\n`).join(''));
  expect(Object.keys(standIns.containers())).toEqual(['kubedrill-kd3-control-plane', 'kind-control-plane']);
  expect(remembered().map(({ host }) => host)).toEqual(['kd3']);
});

test('a refusal of kind is told, and the cluster stays remembered', async () => {
  given(['kd1'], [{ host: 'kd1' }], { delete: 'refused' });
  const { code, stderr } = await cluster('delete', 'kd1', '--yes');
  expect(code).toBe(1);
  expect(stderr).toContain(
    'kind cannot delete kubedrill-kd1: failed to delete cluster "kubedrill-kd1": failed to delete nodes',
  );
  expect(stderr).toContain('could not kill: tried to kill container, but did not receive an exit event');
  expect(remembered()).toHaveLength(1);
});

test('keep, and keep no longer', async () => {
  given(['kd1'], [{ host: 'kd1' }]);
  expect((await cluster('keep', 'kd1')).stdout).toBe('kubedrill-kd1 is kept until you delete it.\n');
  expect((await cluster('list')).stdout).toMatch(/^kd1 +kept /m);
  expect((await cluster('keep', 'kd1', '--off')).stdout).toContain('kept no longer');
  expect((await cluster('list')).stdout).toMatch(/^kd1 +warm /m);
});

test.each([
  [['delete'], 2, 'Name one cluster, or say --all.'],
  [['delete', 'kd2', '--all'], 2, 'Name one cluster, or say --all.'],
  [['delete', 'kd2'], 1, 'There is no cluster kd2; did you mean kd1?'],
  [['keep', 'other'], 1, 'There is no cluster other; there are kd1.'],
  [['lst'], 2, 'cluster has no lst; did you mean list?'],
])('%s', async (words, code, says) => {
  given(['kd1'], [{ host: 'kd1' }]);
  const ended = await cluster(...words);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toContain(says);
});

test('without an engine that answers it says what is missing', async () => {
  given([], [], { engine: 'down' });
  const { code, stderr } = await cluster('list');
  expect(code).toBe(1);
  expect(stderr).toContain('docker is not running: Cannot connect to the Docker daemon');
});

test('there are none', async () => {
  given([], []);
  expect((await cluster()).stdout).toBe('There are no kind clusters of kubedrill. --cluster kind makes one.\n');
});

test.each([
  [[], 'There are no kind clusters of kubedrill. --cluster kind makes one.\n'],
  [['list', '--json'], '[]\n'],
  [['delete', '--all'], 'There are no kind clusters of kubedrill.\n'],
])('without kind there are none, unless some are remembered: %j', async (words, says) => {
  standIns.remove();
  standIns = new StandIns(['docker']);
  given([], []);
  expect(await cluster(...words)).toMatchObject({ code: 0, stdout: says, stderr: '' });
  given([], [{ host: 'kd1' }]);
  const remembered = await cluster(...words);
  expect(remembered).toMatchObject({ code: 1, stdout: '' });
  expect(remembered.stderr).toContain('kind was not found.');
});

test('what attempts have on contexts is listed, and not deleted while somebody works on it', async () => {
  const record = (attempt: string, more: object): void => {
    const folder = join(standIns.home, 'clusters', attempt);
    mkdirSync(folder, { recursive: true });
    const nothing = { made: [], used: [], objects: [], foreign: [], nodes: false };
    const began = new Date(Date.now() - 3 * DAYS - 1).toISOString();
    const head = { version: 1, attempt, context: 'mine', server: 'https://there', began };
    writeFileSync(join(folder, 'made.json'), JSON.stringify({ ...head, ...nothing, ...more }));
  };
  expect((await cluster('delete', 'context=mine', '--yes')).stderr).toBe(
    'No attempt has left anything on context=mine.\n',
  );
  record('a1', {
    made: ['harbour', 'pier'],
    objects: ['clusterroles/sailor', 'clusterroles/theirs'],
    foreign: ['clusterroles/theirs'],
  });
  record('a2', { context: 'other', used: ['lent'], holder: DEAD });
  record('a3', { context: 'other', holder: ME });
  record('a4', { holder: DEAD, lasting: true, givenUp: true });
  const { code, stdout } = await cluster('list');
  expect(code).toBe(0);
  expect(stdout.split('\n').sort()).toEqual([
    '',
    'CONTEXT        STATE    NAMESPACES    CLUSTER-WIDE         AGE',
    '`kubedrill cluster delete context=NAME` takes away what attempts left there.',
    'context=mine   dropped  -             -                    3d',
    'context=mine   left     harbour,pier  clusterroles/sailor  3d',
    'context=other  in use   -             -                    3d',
    'context=other  stray    lent          -                    3d',
  ]);
  expect((await cluster('delete', '--all', '--yes')).stdout).toContain('is deleted by name');
  const json = JSON.parse((await cluster('list', '--json')).stdout);
  expect(json.map(({ name, stands, pid }: Record<string, unknown>) => [name, stands, pid]).sort()).toEqual([
    ['context=mine', 'dropped', undefined],
    ['context=mine', 'left', undefined],
    ['context=other', 'in use', process.pid],
    ['context=other', 'stray', undefined],
  ]);
  expect((await cluster('delete', 'context=other', '--yes')).stderr).toContain(
    `context=other is in use by another kubedrill (process ${process.pid}). End it there first.`,
  );
  expect((await cluster('delete', 'context=mime', '--yes')).stderr).toContain('Did you mean context=mine?');
  const lost = await run(['cluster', 'delete', 'context=mine', '--yes'], {
    ...standIns.environment,
    KUBEDRILL_HOME: standIns.home,
    KUBEDRILL_KUBECTL: '/nowhere/kubectl',
  });
  expect([lost.code, lost.stderr]).toEqual([
    1,
    expect.stringMatching(
      /\/nowhere\/kubectl.*gone for good, delete \S+\/clusters\/a[14] and \S+\/clusters\/a[14]\.$/m,
    ),
  ]);
  expect((await cluster('keep')).stderr).toContain('Name the cluster to keep');
});
