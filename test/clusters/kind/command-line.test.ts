import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../cli/run.js';
import { realClients } from '../../clients/real-kubectl.js';
import { buildProgram, program } from '../../terminal/program.js';
import { HalfReadyApi } from './half-ready-api.js';
import { type Scenario, StandIns } from './stand-ins.js';

const clients = realClients();
const TRY = ['try', 'cka/drain-a-node', '--seed', '7', '--cluster', 'kind'];
let standIns: StandIns;
let api: HalfReadyApi;
beforeAll(async () => {
  await buildProgram();
  api = await HalfReadyApi.start();
}, 120_000);
afterAll(() => api?.stop());
beforeEach(() => {
  standIns = new StandIns(undefined, clients.kubectl);
  writeFileSync(join(standIns.folder, 'kubeconfig'), api.kubeconfig);
});
afterEach(() => standIns.remove());

const environment = () => ({ ...standIns.environment, KUBEDRILL_HOME: standIns.home, FORCE_COLOR: '0' });
const remembered = (): readonly { host: string; stands: string }[] => {
  const path = join(standIns.home, 'clusters', 'clusters.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).clusters : [];
};

/** The program in a process of its own, which is told to end when it says something. */
async function ended(
  says: string,
  signal: NodeJS.Signals,
): Promise<{ code: number | null; said: string; end: string | null }> {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [program, ...TRY], { env: environment() });
  let said = '';
  let told = false;
  child.stderr.on('data', (piece: Buffer) => {
    said += piece.toString();
    if (told || !said.includes(says)) return;
    told = true;
    child.kill(signal);
  });
  const [code, end] = (await once(child, 'close')) as [number | null, string | null];
  return { code, said, end };
}

describe('who ends the program while a cluster is made', { timeout: 60_000 }, () => {
  test.each<[string, NodeJS.Signals, Scenario, string]>([
    ['in the middle of kind', 'SIGINT', { hangs: 'Starting' }, 'Starting the control plane'],
    ['in the middle of kind', 'SIGTERM', { hangs: 'Ensuring' }, 'Getting the node image'],
    ['in the middle of kind', 'SIGHUP', { hangs: 'Joining' }, 'Joining the workers'],
    ['while nodes are not ready', 'SIGTERM', {}, 'Waiting for the nodes'],
  ])('%s, by %s, leaves nothing', async (_, signal, scenario, says) => {
    if (!clients.kubectl && !scenario.hangs) return;
    standIns.scenario(scenario);
    const { code, said } = await ended(says, signal);
    expect(said).toMatch(/Stopping: what was made is taken away again …\n(?:.* \(\d+ s\)\n)*Stopped\.\n$/);
    expect(code).toBe(130);
    expect(standIns.containers()).toEqual({});
    expect(remembered()).toEqual([]);
    expect(standIns.calls().some(([name, verb]) => name === 'kind' && verb === 'delete')).toBe(true);
  });

  test('and kind does not delete it: that is said, and it is found again', async () => {
    standIns.scenario({ hangs: 'Starting', delete: 'refused' });
    const { said } = await ended('Starting the control plane', 'SIGINT');
    const [{ host } = { host: '' }] = remembered();
    expect(said).toContain(`Stopped.\nWhat was begun of kubedrill-${host} is still there: kind cannot delete`);
    expect(said).toContain(`\`kubedrill cluster delete ${host}\` tries again.`);
    expect((await run(['cluster', 'list'], environment())).stdout).toMatch(new RegExp(`^${host} +stray`, 'm'));
  });

  test('a killed program’s cluster is listed as a stray, and offered at the next start', async () => {
    standIns.scenario({ hangs: 'Starting' });
    const { end } = await ended('Starting the control plane', 'SIGKILL');
    expect(end).toBe('SIGKILL');
    const [{ host, stands } = { host: '', stands: '' }] = remembered();
    expect(stands).toBe('creating');
    expect(Object.keys(standIns.containers())).toContain(`kubedrill-${host}-control-plane`);
    const { stdout } = await run(['cluster', 'list'], environment());
    expect(stdout).toMatch(new RegExp(`^${host} +stray`, 'm'));
    standIns.scenario({ create: 'no disk' });
    const offered = `The kind cluster kubedrill-${host} was left behind half made by an earlier kubedrill. Delete it?`;
    const unasked = await run(TRY, environment());
    expect(unasked.stderr).toContain(`${offered}\nNobody can be asked here, so it stays.`);
    expect(standIns.containers()).not.toEqual({});
    const agreed = await run([...TRY, '--yes'], environment());
    expect(agreed.stderr).toContain(offered);
    expect(agreed.stderr).toContain(`Deleting kubedrill-${host}`);
    expect(standIns.containers()).toEqual({});
    expect(remembered()).toEqual([]);
  });
});

interface Row {
  readonly what: string;
  readonly scenario: Scenario;
  readonly says: RegExp;
  readonly more?: NodeJS.ProcessEnv;
  readonly programs?: readonly string[];
  /** It goes as far as the API. */
  readonly api?: true;
}

const FAILURES: readonly Row[] = [
  { what: 'kind is missing', scenario: {}, programs: ['docker', 'kubectl'], says: /kind was not found/ },
  { what: 'kind is old', scenario: { kind: 'v0.29.0' }, says: /kind is 0\.29\.0; 0\.30\.0 is the least/ },
  { what: 'no daemon', scenario: { engine: 'down' }, says: /docker is not running.*systemctl start docker/s },
  {
    what: 'the image is not there',
    scenario: { create: 'image not found' },
    says: /There is no such node image\. Look at KUBEDRILL_KIND_IMAGE/,
  },
  {
    what: 'too many images',
    scenario: { create: 'rate limit' },
    says: /Docker Hub gives no more images.*`docker login`/,
  },
  {
    what: 'no disk for the image',
    scenario: { create: 'no disk for the image' },
    says: /disk of the container engine is full\..*docker system prune.*failed to register layer/s,
  },
  { what: 'no disk for the nodes', scenario: { create: 'no disk' }, says: /disk of the container engine is full/ },
  {
    what: 'a port is taken, twice',
    scenario: { create: ['port taken', 'port taken'] },
    says: /A port of this computer was taken.*Bind for 127\.0\.0\.1:40415 failed/s,
  },
  {
    what: 'too few watches',
    scenario: { create: 'inotify' },
    says: /inotify.*fs\.inotify\.max_user_watches/s,
  },
  { what: 'no systemd', scenario: { create: 'no systemd' }, says: /did not come up within 30 seconds/ },
  {
    what: 'no control plane',
    scenario: { create: 'kubeadm init' },
    says: /The control plane did not start\. Give the engine at least 4 GiB/,
  },
  { what: 'no worker', scenario: { create: 'kubeadm join' }, says: /A worker could not join/ },
  {
    what: 'the engine stops meanwhile',
    scenario: { create: 'engine gone', leaves: true },
    says: /engine stopped meanwhile/,
  },
  { what: 'kubectl proxy is refused', scenario: { proxy: 'refused' }, says: /operation not permitted/, api: true },
  {
    what: 'a node never gets ready',
    scenario: {},
    more: { KUBEDRILL_KIND_SECONDS: '1' },
    says: /The nodes were not ready within 1 s: node kd1: container runtime network not ready.*KUBEDRILL_KIND_SECONDS=900 waits longer/s,
    api: true,
  },
  {
    what: 'a time that is none',
    scenario: {},
    more: { KUBEDRILL_KIND_SECONDS: 'long' },
    says: /KUBEDRILL_KIND_SECONDS must be a number of seconds, 1 to 7200; it is long\./,
  },
];

describe('what fails leaves nothing, and says what to do', { timeout: 60_000 }, () => {
  test.each(FAILURES)('$what', async ({ scenario, says, more = {}, programs, api }) => {
    if (api && !clients.kubectl) return;
    if (programs) {
      standIns.remove();
      standIns = new StandIns(programs);
    }
    standIns.scenario(scenario);
    const { code, stdout, stderr } = await run(TRY, { ...environment(), ...more });
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('still there');
    expect(stderr.length).toBeLessThan(2_500);
    expect([code, stdout]).toEqual([1, '']);
    expect(standIns.containers()).toEqual({});
    expect(remembered()).toEqual([]);
  });

  test('and what kind does not delete is told', async () => {
    standIns.scenario({ create: 'engine gone', leaves: true, delete: 'refused' });
    const { stderr } = await run(TRY, environment());
    expect(stderr).toMatch(
      /The container engine stopped meanwhile.*What was begun of kubedrill-(kd\d+) is still there: kind cannot delete.*did not receive an exit event\n`kubedrill cluster delete \1` tries again\./s,
    );
  });
});
