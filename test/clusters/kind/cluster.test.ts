import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { kindSource } from '../../../src/clusters/kind/kind-source.js';
import type { OpenHow, RealCluster, WantedWorld } from '../../../src/clusters/real/real-cluster.js';
import { realClients } from '../../clients/real-kubectl.js';
import { type ServedWorld, serveWorld } from '../../clients/serve/served-world.js';
import { type Scenario, StandIns } from './stand-ins.js';

const clients = realClients();
const THREE: WantedWorld = { base: 'three-node' };

/** The API behind every cluster here is a simulated one, asked by the official kubectl; kind and docker are stand-ins. */
describe.skipIf(clients.kubectl === undefined)(`kind (${clients.reason ?? 'stand-ins'})`, { timeout: 60_000 }, () => {
  let world: ServedWorld;
  let standIns: StandIns;
  let told: string[];
  let asked: string[];
  let answer: boolean;
  const opened: RealCluster[] = [];

  beforeAll(async () => {
    world = await serveWorld('three-node');
  });
  afterAll(() => world?.stop());
  beforeEach(() => {
    standIns = new StandIns(undefined, clients.kubectl);
    standIns.serve(world.kubeconfig);
    [told, asked, answer] = [[], [], true];
  });
  afterEach(async () => {
    for (const cluster of opened.splice(0)) await cluster.close();
    standIns.remove();
  });

  const how = (more: Partial<OpenHow> = {}): OpenHow => ({
    onStep: ({ says, number, of }) => {
      expect(number).toBeLessThanOrEqual(of);
      told.push(says);
    },
    confirm: async (question) => {
      asked.push(question);
      return answer;
    },
    ...more,
  });
  const source = () => kindSource({ environment: standIns.environment, home: standIns.home });
  async function open(wanted = THREE, more: Partial<OpenHow> = {}, scenario: Scenario = {}): Promise<RealCluster> {
    standIns.scenario(scenario);
    const cluster = await source().open(wanted, how(more));
    opened.push(cluster);
    return cluster;
  }
  const refusal = (wanted = THREE, more: Partial<OpenHow> = {}, scenario: Scenario = {}) =>
    open(wanted, more, scenario).then(
      () => 'it was made',
      (error: Error) => error.message,
    );
  const records = () => {
    const path = join(standIns.home, 'clusters', 'clusters.json');
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).clusters : [];
  };

  test('a cluster is made step by step, and used by its names', async () => {
    const cluster = await open(THREE, { attempt: 'a1' });
    expect(told).toEqual([
      'looking for kind, kubectl and a container engine',
      'getting the node image',
      'starting the nodes',
      'writing the configuration',
      'starting the control plane',
      'installing the network',
      'installing the storage class',
      'joining the workers',
      'waiting for the nodes',
      'preparing the nodes',
      'taking away what the task does not have',
      'remembering what is there',
    ]);
    const { host, hosts, answers } = cluster.place;
    expect(host).toMatch(/^kd\d{4}$/);
    expect(hosts).toEqual({ controlplane: host, node01: `${host}-node1`, node02: `${host}-node2` });
    expect(Object.keys(standIns.containers())).toEqual([
      `kubedrill-${host}-control-plane`,
      `kubedrill-${host}-worker`,
      `kubedrill-${host}-worker2`,
    ]);
    expect(existsSync(answers)).toBe(true);
    expect(records()).toMatchObject([
      { host, engine: 'docker', stands: 'ready', attempt: 'a1', holder: { pid: process.pid } },
    ]);
    expect((await cluster.request({ method: 'GET', path: '/api/v1/nodes' })).status).toBe(200);
    expect(await cluster.hosts()).toContainEqual({ base: 'node02', name: `${host}-node2`, role: 'worker' });
    const inside = standIns.inside(`kubedrill-${host}-worker`, 'etc/kubernetes/kubelet.conf');
    writeFileSync(inside, 'server: https://x:6443\n', { mode: 0o640 });
    const file = await cluster.file('node01', '/etc/kubernetes/kubelet.conf');
    expect(file).toMatchObject({ type: 'file', mode: 0o640, owner: 'root' });
    expect(Buffer.from(file?.content ?? []).toString()).toBe('server: https://x:6443\n');
    expect(await cluster.file('node01', '/etc/none')).toBeUndefined();
    expect(await cluster.directory(`${host}-node1`, '/etc/kubernetes')).toEqual(['kubelet.conf']);
    expect(await cluster.directory('node01', '/etc/kubernetes/kubelet.conf')).toBeUndefined();
    expect(cluster.copy).toBeUndefined();
  });

  test('a cluster that is free is used again, and is what it was', async () => {
    const first = await open();
    const { host, answers } = first.place;
    const node = `kubedrill-${host}-control-plane`;
    writeFileSync(join(answers, 'keys'), '41');
    mkdirSync(standIns.inside(node, 'srv/app'));
    writeFileSync(standIns.inside(node, 'etc/kubernetes/new.yaml'), 'x');
    await first.close();
    standIns.stop(node);
    told = [];
    const again = await open();
    expect(told.join('\n')).not.toContain('making a new');
    expect(again.place.host).toBe(host);
    expect(readdirSync(answers)).toEqual([]);
    expect(existsSync(standIns.inside(node, 'srv/app'))).toBe(false);
    expect(existsSync(standIns.inside(node, 'etc/kubernetes/new.yaml'))).toBe(false);
    expect(standIns.containers()[node]).toBe(true);
    expect(told).toContain(`taking up kubedrill-${host}`);
    expect(told).not.toContain('getting the node image');
    // Whoever has it keeps it: another gets another.
    const other = await open();
    expect(other.place.host).not.toBe(host);
  });

  test('a node that cannot be put back costs the cluster, and that is said', async () => {
    const first = await open();
    const node = `kubedrill-${first.place.host}-worker`;
    rmSync(standIns.inside(node, 'usr/bin'), { recursive: true });
    const fresh = standIns.inside(node, 'kind/kubedrill/watched');
    writeFileSync(fresh, 'usr/bin/kubelet 1 755 0 0\n');
    const said = await first.restore(how());
    expect(said.join(' ')).toMatch(
      /a program was changed: \/usr\/bin\/kubelet.*kubedrill-kd\d+ was deleted; the next task gets a new one/,
    );
    expect(standIns.containers()).toEqual({});
    expect(records()).toEqual([]);
  });

  test('another shape makes room, but not of what is kept or in use', async () => {
    const first = await open();
    await first.close();
    const second = await open({ base: 'single-node' });
    expect(told).toContain(`deleting kubedrill-${first.place.host}, which this task cannot use`);
    expect(Object.keys(standIns.containers())).toEqual([`kubedrill-${second.place.host}-control-plane`]);
    await open();
    expect(standIns.containers()[`kubedrill-${second.place.host}-control-plane`]).toBe(true);
  });

  test('an attempt that was left is taken up as it stands, and not lost unasked', async () => {
    const first = await open(THREE, { attempt: 'left' });
    const { host, answers } = first.place;
    writeFileSync(join(answers, 'keys'), '41');
    await first.close();
    answer = false;
    const other = await open(THREE, { attempt: 'other' });
    expect(asked[0]).toContain(`An attempt was left on kubedrill-${host}.`);
    expect(other.place.host).not.toBe(host);
    const taken = (await source().takeUp?.('left', how())) as RealCluster;
    opened.push(taken);
    expect(taken.place).toEqual(first.place);
    expect(readdirSync(answers)).toEqual(['keys']);
    expect(await source().takeUp?.('nobody', how())).toBeUndefined();
  });

  test('an add-on that is out of reach leaves nothing', async () => {
    const message = await refusal({ ...THREE, addons: ['metrics-server'] }, {}, { kubectlFails: 'metrics-server' });
    expect(message).toMatch(/components\.yaml: .*no such host/);
    expect(standIns.containers()).toEqual({});
    expect(records()).toEqual([]);
  });

  test('a port that was taken once is tried again', async () => {
    await open(THREE, {}, { create: 'port taken', once: true });
    expect(standIns.calls().filter(([name, verb]) => name === 'kind' && verb === 'create')).toHaveLength(2);
  });

  test('a refusal to delete is told in kind’s words, and the cluster is remembered', async () => {
    const cluster = await open();
    rmSync(standIns.inside(`kubedrill-${cluster.place.host}-worker`, 'kind/kubedrill/kept.tar'));
    standIns.scenario({ delete: 'refused' });
    const said = await cluster.restore(how());
    expect(said.at(-1)).toContain('could not kill: tried to kill container, but did not receive an exit event');
    expect(records()).toMatchObject([{ stands: 'spoiled' }]);
  });

  test('a container that was stopped says so', async () => {
    const cluster = await open();
    standIns.stop(`kubedrill-${cluster.place.host}-worker`);
    await expect(cluster.run('node01', 'root', ['true'])).rejects.toThrow(/cannot be entered: .*is not running/);
  });

  test('commands in containers have a user, a time and their own end', async () => {
    const cluster = await open(
      THREE,
      {},
      {
        exec: [
          { has: 'sleep 99', code: 137 },
          { has: 'whoami', stdout: 'candidate\n' },
        ],
      },
    );
    standIns.forgetCalls();
    expect((await cluster.run('node01', 'candidate', ['sleep', '99'], { timeoutSeconds: 2 })).code).toBe(124);
    expect((await cluster.run('node01', 'candidate', ['whoami'])).stdout).toBe('candidate\n');
    const [call = []] = standIns.calls();
    expect(call.join(' ')).toBe(
      `docker exec -i --user candidate --env HOME=/home/candidate --env USER=candidate --env LOGNAME=candidate --env KUBECONFIG=/home/candidate/.kube/config kubedrill-${cluster.place.host}-worker timeout -k 5 2 bash -lc cd && exec "$@" bash sleep 99`,
    );
  });
});
