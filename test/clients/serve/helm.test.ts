import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { realClients } from '../real-kubectl.js';
import { type Ended, start } from './program.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const clients = realClients();
/** A web server, its settings, a password that outlives it, and pods as hooks: no controller for Jobs is needed. */
const BAKERY = join(import.meta.dirname, 'charts', 'bakery');

let world: ServedWorld;

/** One line without quotes; `CHART` stands for the chart's folder. */
function run(program: 'helm' | 'kubectl', line: string): Promise<Ended> {
  const args = line.split(' ').map((word) => (word === 'CHART' ? BAKERY : word));
  return start(world, clients, args, {}, program).end;
}
const helm = (line: string): Promise<Ended> => run('helm', line);

/** Runs and expects success without a word on stderr; gives what was printed. */
async function fine(line: string, program: 'helm' | 'kubectl' = 'helm'): Promise<string> {
  const { code, out, errors } = await run(program, line);
  expect({ line, code, errors }).toEqual({ line, code: 0, errors: '' });
  return out;
}

/** What a release's history says of each revision. */
async function history(release: string): Promise<[number, string, string][]> {
  const told = JSON.parse(await fine(`history ${release} -o json`)) as {
    revision: number;
    status: string;
    description: string;
  }[];
  return told.map(({ revision, status, description }) => [revision, status, description]);
}

const shelf = (release: string): Promise<string> =>
  fine(`get configmap ${release}-shelf -o jsonpath={.data}`, 'kubectl');

describe.skipIf(clients.helm === undefined)(`helm 4 (${clients.reason ?? 'here'})`, { timeout: 60_000 }, () => {
  beforeAll(async () => {
    world = await serveWorld('single-node');
    // The cluster is seconds old, and the chart's test asks its DNS.
    await fine('-n kube-system rollout status deployment coredns --timeout=60s', 'kubectl');
  }, 90_000);
  afterAll(async () => {
    await world.stop();
  });

  test('install --wait: hooks first, what the server can do is asked, everything is ready at the end', async () => {
    const out = await fine('install b CHART --wait --timeout 30s');
    expect(out).toMatch(
      /STATUS: deployed\nREVISION: 1\nDESCRIPTION: Install complete\nNOTES:\n1 oven\(s\) bake rye in default\.\n$/,
    );
    expect(JSON.parse(await shelf('b'))).toEqual({
      bread: 'rye',
      found: 'Active',
      jobs: 'true',
      revision: '1',
      version: 'v1.36.0',
    });
    const ready = '-o jsonpath={.status.readyReplicas}';
    expect(await fine(`get deployment b-oven ${ready}`, 'kubectl')).toBe('1');
    expect(await fine('get pod b-prepare -o jsonpath={.status.phase}', 'kubectl')).toBe('Succeeded');
    expect(await fine('logs b-prepare', 'kubectl')).toBe('dough\n');
    // Server-side apply is helm 4's way unless it is told otherwise.
    const managers = '-o jsonpath={.metadata.managedFields[*].manager}|{.metadata.managedFields[*].operation}';
    expect(await fine(`get configmap b-shelf ${managers}`, 'kubectl')).toBe('helm|Apply');
  });

  test('status, list, get, test', async () => {
    const status = await fine('status b');
    expect(status).toMatch(
      /==> v1\/Pod\(related\)\nNAME +READY +STATUS +RESTARTS +AGE\nb-oven-\w+-\w+ +1\/1 +Running +0 +\S+\n/,
    );
    expect(status).toMatch(/==> v1\/Deployment\nNAME +READY +UP-TO-DATE +AVAILABLE +AGE\nb-oven +1\/1 +1 +1 +\S+\n/);
    expect(JSON.parse(await fine('list -o json'))).toMatchObject([
      { name: 'b', namespace: 'default', revision: '1', status: 'deployed', chart: 'bakery-1.2.0', app_version: '3.4' },
    ]);
    expect(await fine('get manifest b')).toContain('# Source: bakery/templates/ovens.yaml\napiVersion: apps/v1\n');
    expect(await fine('get values b --all -o json')).toContain('"bread":"rye"');
    expect(await fine('get metadata b')).toContain('APPLY_METHOD: server-side apply\n');
    const tested = await fine('test b --logs');
    expect(tested).toMatch(/TEST SUITE: +b-taste\n[\s\S]*Phase: +Succeeded\n\nPOD LOGS: b-taste\n<!DOCTYPE html>/);
  });

  test('upgrade, and back', async () => {
    expect(await fine('upgrade b CHART --set ovens=2,bread=spelt --wait --timeout 30s')).toContain(
      'Release "b" has been upgraded. Happy Helming!\n',
    );
    expect(await fine('get values b')).toBe('USER-SUPPLIED VALUES:\nbread: spelt\novens: 2\n');
    expect(await fine('get deployment b-oven -o jsonpath={.status.readyReplicas}', 'kubectl')).toBe('2');
    expect(await fine('rollback b 1 --wait --timeout 30s')).toBe('Rollback was a success! Happy Helming!\n');
    expect(await fine('get deployment b-oven -o jsonpath={.status.replicas}', 'kubectl')).toBe('1');
    expect(await history('b')).toEqual([
      [1, 'superseded', 'Install complete'],
      [2, 'superseded', 'Upgrade complete'],
      [3, 'deployed', 'Rollback to 1'],
    ]);
  });

  test('what another holds is a conflict, unless it is forced', async () => {
    await fine('scale deployment b-oven --replicas=3', 'kubectl');
    const conflict =
      'conflict occurred while applying object default/b-oven apps/v1, Kind=Deployment: Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas';
    const refused = await helm('upgrade b CHART --set ovens=2');
    expect([refused.code, refused.errors]).toEqual([
      1,
      expect.stringContaining(`Error: UPGRADE FAILED: ${conflict}\n`),
    ]);
    await fine('upgrade b CHART --set ovens=2 --force-conflicts');
    expect(await fine('get deployment b-oven -o jsonpath={.spec.replicas}', 'kubectl')).toBe('2');
  });

  test('what does not become ready in time fails, and is rolled back when that is wished', async () => {
    const broken = 'upgrade b CHART --set image=nope.invalid/x:1 --timeout 1s';
    // A second is too short for helm to look at all on a busy computer: it then knows no status.
    const words =
      /UPGRADE FAILED: [^\n]*resource Deployment\/default\/b-oven not ready\. status: (InProgress, message: [^\n]+|Unknown, message: )\ncontext deadline exceeded\n$/;
    expect(await helm(`${broken} --wait`)).toMatchObject({ code: 1, errors: expect.stringMatching(words) });
    const back = await helm(`${broken} --rollback-on-failure`);
    expect([back.code, back.errors]).toEqual([1, expect.stringMatching(words)]);
    expect(back.errors).toContain('release b failed, and has been rolled back due to rollback-on-failure being set: ');
    expect((await history('b')).slice(-3).map(([, status]) => status)).toEqual(['failed', 'failed', 'deployed']);
    const image = '-o jsonpath={.spec.template.spec.containers[0].image}';
    expect(await fine(`get deployment b-oven ${image}`, 'kubectl')).toBe('nginx');
  });

  test('a hook that fails stops the upgrade; values that the chart forbids never reach the server', async () => {
    const failed = await helm('upgrade b CHART --set prepare=false --timeout 20s');
    expect(failed).toMatchObject({
      code: 1,
      errors: expect.stringContaining(
        'Error: UPGRADE FAILED: pre-upgrade hooks failed: resource Pod/default/b-prepare not ready. status: Failed, message: pod b-prepare failed\n',
      ),
    });
    expect((await helm('upgrade b CHART --set bread=oat')).errors).toContain(
      "at '/bread': value must be one of 'rye', 'wheat', 'spelt'\n",
    );
  });

  test('uninstall keeps what is to be kept, sweeps, and can keep its history', async () => {
    expect(await fine('uninstall b --wait --keep-history')).toBe(
      'These resources were kept due to the resource policy:\n[Secret] b-till\n\nrelease "b" uninstalled\n',
    );
    expect(
      await fine('get deployment,replicaset,configmap,secret -l app.kubernetes.io/instance=b -o name', 'kubectl'),
    ).toBe('secret/b-till\n');
    expect((await run('kubectl', 'get pod b-sweep')).errors).toContain('pods "b-sweep" not found');
    expect(JSON.parse(await fine('list --uninstalled -o json'))).toMatchObject([{ name: 'b', status: 'uninstalled' }]);
    expect(await fine('uninstall b')).toBe('release "b" uninstalled\n');
    expect(await helm('uninstall b')).toMatchObject({ code: 1, errors: expect.stringContaining('release: not found') });
  });

  test('upgrade --install in a namespace of its own; dry runs change nothing; names and owners are respected', async () => {
    const dry = await fine('upgrade --install c CHART -n shop --create-namespace --dry-run=server');
    expect(dry).toMatch(/Release "c" does not exist\. Installing it now\.\n[\s\S]*\n {2}found: Active\n/);
    expect(await helm('install c CHART -n shop')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('create: failed to create: namespaces "shop" not found\n'),
    });
    await fine('create namespace shop', 'kubectl');
    await fine('create configmap c-shelf -n shop', 'kubectl');
    expect((await helm('install c CHART -n shop')).errors).toContain(
      'ConfigMap "c-shelf" in namespace "shop" exists and cannot be imported into the current release: invalid ownership metadata;',
    );
    expect(await fine('upgrade --install c CHART -n shop --take-ownership')).toContain('STATUS: deployed\n');
    expect((await helm('install c CHART -n shop')).errors).toContain('cannot reuse a name that is still in use\n');
    expect(await fine('uninstall c -n shop')).toContain('release "c" uninstalled\n');
  });

  test('the chart that helm creates, applied client-side', async () => {
    expect(await fine('create chart')).toBe('Creating chart\n');
    expect(await fine('template t chart')).toContain('# Source: chart/templates/deployment.yaml\n');
    expect(await fine('install first chart --server-side=false')).toContain('STATUS: deployed\n');
    expect(await fine('get metadata first')).toContain('APPLY_METHOD: client-side apply\n');
    expect(await fine('upgrade first chart --set replicaCount=0')).toContain('REVISION: 2\n');
    expect(await fine('list -q')).toBe('first\n');
    expect(await fine('uninstall first')).toBe('release "first" uninstalled\n');
  });
});
