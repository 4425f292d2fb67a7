import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KIND_FAULT_NAMES } from '../../../src/clusters/kind/faults.js';
import { kindSource } from '../../../src/clusters/kind/kind-source.js';
import type { WorldSpec } from '../../../src/clusters/port.js';
import type { OpenHow, RealCluster } from '../../../src/clusters/real/real-cluster.js';
import { realClients } from '../../clients/real-kubectl.js';
import { type ServedWorld, serveWorld } from '../../clients/serve/served-world.js';
import { type Scenario, StandIns } from './stand-ins.js';

const clients = realClients();
type Step = NonNullable<WorldSpec['steps']>[number];

/** One cluster for all rows: what its nodes are told is recorded by a stand-in, its API is a simulated one. */
describe.skipIf(clients.kubectl === undefined)('the world of a task', { timeout: 60_000 }, () => {
  let world: ServedWorld;
  let standIns: StandIns;
  let cluster: RealCluster;
  let told: string[] = [];
  const how: OpenHow = { onStep: ({ says }) => void told.push(says), confirm: async () => true, attempt: 'a1' };

  beforeAll(async () => {
    world = await serveWorld('three-node', {}, 3);
    standIns = new StandIns(undefined, clients.kubectl);
    standIns.serve(world.kubeconfig);
    standIns.scenario({});
    const environment = { ...standIns.environment, KUBEDRILL_KIND_SECONDS: '60' };
    cluster = await kindSource({ environment, home: standIns.home }).open({ base: 'three-node' }, how);
  }, 120_000);
  afterAll(async () => {
    await cluster?.close();
    standIns?.remove();
    await world?.stop();
  });
  beforeEach(() => {
    told = [];
    answers([]);
  });

  /** What commands in containers answer from now on. */
  function answers(exec: NonNullable<Scenario['exec']>, more: Omit<Scenario, 'exec'> = {}): void {
    standIns.scenario({ ...more, exec });
    standIns.forgetCalls();
  }
  const make = (...steps: Step[]) => cluster.setUp({ base: 'three-node', steps } as WorldSpec, how);
  const refusal = (...steps: Step[]) =>
    make(...steps).then(
      () => 'it was made',
      (error: Error) => error.message,
    );
  const worker = () => `kubedrill-${cluster.place.host}-worker`;
  const get = async <T>(path: string) => (await cluster.request({ method: 'GET', path })).body as T;

  test('all steps in order, each by its name; ages are passed over', async () => {
    await make(
      {
        manifests:
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: barn}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: hay, namespace: barn}\ndata: {bales: "7"}\n',
      },
      { age: '7h' },
      {
        file: {
          host: 'node01',
          path: '/srv/barn/it`s a "file"',
          content: "$HOME\n'\\n",
          owner: 'candidate',
          mode: '0600',
        },
      },
      { run: { host: 'node01', as: 'candidate', script: 'echo "$1" > x\nfalse | true' } },
      { run: { host: 'controlplane', script: 'touch /opt/y' } },
      { settle: { seconds_max: 1 } },
    );
    expect(told).toEqual([
      'making the objects of the task (1 of 5)',
      'writing files (2 of 5)',
      'running the commands of the task (3 of 5)',
      'running the commands of the task (4 of 5)',
      'waiting until nothing changes any more (5 of 5)',
    ]);
    const { metadata } = await get<{ metadata: { labels: object } }>('/api/v1/namespaces/barn');
    expect(metadata.labels).toMatchObject({ 'kubedrill.dev/attempt': 'a1' });
    const { data } = await get<{ data: object }>('/api/v1/namespaces/barn/configmaps/hay');
    expect(data).toEqual({ bales: '7' });
    const [file] = standIns.scripts();
    expect(file).toMatchObject({
      container: worker(),
      args: ['bash', '-s', '--', '/srv/barn/it`s a "file"', 'candidate', '0600'],
    });
    const encoded = /<<'CONTENT'\n(.*?)\nCONTENT\n/s.exec(file?.script ?? '')?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString()).toBe("$HOME\n'\\n");
    const runs = standIns.calls().filter((call) => call.includes('timeout'));
    expect(runs.map((call) => [call[call.indexOf('--user') + 1], ...call.slice(call.indexOf('timeout') - 1)])).toEqual([
      [
        'candidate',
        worker(),
        'timeout',
        '-k',
        '5',
        '300',
        'bash',
        '-lc',
        'cd && exec "$@"',
        'bash',
        'bash',
        '-e',
        '-c',
        'echo "$1" > x\nfalse | true',
      ],
      [
        'root',
        `kubedrill-${cluster.place.host}-control-plane`,
        'timeout',
        '-k',
        '5',
        '300',
        'bash',
        '-lc',
        'cd && exec "$@"',
        'bash',
        'bash',
        '-e',
        '-c',
        'touch /opt/y',
      ],
    ]);
  });

  const fileStep: Step = { file: { host: 'node01', path: '/srv/a', content: 'x', owner: 'nobody-known' } };
  const runStep: Step = { run: { host: 'node02', script: 'prepare-it' } };
  test.each<[string, NonNullable<Scenario['exec']>, Step[], RegExp]>([
    [
      'a file that cannot be written',
      [{ has: 'CONTENT', code: 1, stderr: "chown: invalid user: 'nobody-known'\n" }],
      [runStep, fileStep],
      /^Step 2 of the task's world, the file \/srv\/a on node01: kd\d+-node1: chown: invalid user: 'nobody-known'$/,
    ],
    [
      'commands that fail',
      [{ has: 'prepare-it', code: 127, stderr: 'bash: line 1: prepare-it: command not found\n' }],
      [runStep, fileStep],
      /^Step 1 of the task's world, commands on node02: they ended with 127: bash: line 1: prepare-it: command not found$/,
    ],
    [
      'commands that do not end',
      [{ has: 'prepare-it', code: 124 }],
      [runStep],
      /^Step 1 .* commands on node02: they did not end within 300 seconds$/,
    ],
    [
      'a fault that finds nothing to break',
      [{ has: 'kubelet-ca.crt', code: 1, stderr: '/var/lib/kubelet/config.yaml has not what the fault changes\n' }],
      [{ fault: { name: 'kubelet-client-ca-missing', node: 'node01' } }],
      /^Step 1 .*, the fault kubelet-client-ca-missing: kd\d+-node1: \/var\/lib\/kubelet\/config\.yaml has not what the fault changes$/,
    ],
    [
      'a fault that kind does not know',
      [],
      [{ fault: { name: 'flood' } }],
      /^Step 1 .*cannot be given the fault flood/,
    ],
    ['load', [], [{ load: {} } as unknown as Step], /A kind cluster cannot be given load/],
    [
      'objects that the API server refuses',
      [],
      [{ manifests: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: Not_Good}\n' }],
      /^Step 1 of the task's world, its objects: .*Not_Good/s,
    ],
  ])('%s: the step is named', async (_, exec, steps, says) => {
    answers(exec);
    expect(await refusal(...steps)).toMatch(says);
  });

  test('who gives up while commands run waits no longer, and nothing follows', async () => {
    answers([{ has: 'prepare-it', hangs: true }]);
    const giveUp = new AbortController();
    const onStep: OpenHow['onStep'] = ({ number }) => {
      if (number === 1) setTimeout(() => giveUp.abort(), 200);
    };
    const steps = [runStep, fileStep];
    const made = cluster.setUp({ base: 'three-node', steps } as WorldSpec, { ...how, onStep, signal: giveUp.signal });
    await expect(made).rejects.toThrow('It was given up.');
    expect(standIns.scripts()).toEqual([]);
  });

  describe('faults of a node change what kubeadm wrote there, and nothing else', () => {
    const FILES: Readonly<Record<string, string>> = {
      '/var/lib/kubelet/config.yaml':
        'authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\nclusterDomain: cluster.local\n',
      '/var/lib/kubelet/kubeadm-flags.env':
        'KUBELET_KUBEADM_ARGS="--node-ip=172.18.0.3 --node-labels= --provider-id=kind://docker/k/w"\n',
      '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf':
        '[Service]\nExecStart=\nExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS\n',
      '/etc/kubernetes/kubelet.conf': '    server: https://kubedrill-kd1-control-plane:6443\n  name: kd1\n',
    };
    const RELOADED = ['daemon-reload', 'try-restart kubelet'];

    test.each<[string, string | undefined, string, readonly string[]]>([
      [
        'kubelet-client-ca-missing',
        '/var/lib/kubelet/config.yaml',
        '    clientCAFile: /etc/kubernetes/pki/kubelet-ca.crt',
        RELOADED,
      ],
      ['kubelet-config-not-yaml', '/var/lib/kubelet/config.yaml', 'clusterDomain cluster.local', RELOADED],
      ['kubelet-disabled', undefined, '', ['disable --quiet --now kubelet']],
      [
        'kubelet-flag-removed',
        '/var/lib/kubelet/kubeadm-flags.env',
        'KUBELET_KUBEADM_ARGS="--node-ip=172.18.0.3 --node-labels= --provider-id=kind://docker/k/w --container-runtime=remote"',
        RELOADED,
      ],
      [
        'kubelet-program-misplaced',
        '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf',
        'ExecStart=/usr/local/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS',
        RELOADED,
      ],
      [
        'kubelet-server-port-wrong',
        '/etc/kubernetes/kubelet.conf',
        '    server: https://kubedrill-kd1-control-plane:6433',
        RELOADED,
      ],
    ])('%s', async (name, path, line, units) => {
      await make({ fault: { name, node: 'node01' } });
      const [sent, ...more] = standIns.scripts();
      expect([sent?.container, more]).toEqual([worker(), []]);
      // The script itself, with a folder in place of the node's root.
      const root = join(standIns.folder, `node-of-${name}`);
      const [log, at] = [join(root, 'units'), (file: string) => join(root, file)];
      for (const [file, text] of Object.entries({ ...FILES, '/tmp/any': '' })) {
        mkdirSync(dirname(at(file)), { recursive: true });
        writeFileSync(at(file), text);
      }
      const script = (sent?.script ?? '').replaceAll(/(?<=^|[\s'])\/(?=var|usr|etc|tmp)/gm, `${root}/`);
      const prelude = `systemctl() { echo "$*" >> ${log}; }\n`;
      const ended = spawnSync('/bin/bash', ['-s'], { input: `${prelude}${script}`, encoding: 'utf8' });
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(readFileSync(log, 'utf8').trim().split('\n')).toEqual(units);
      const changed = Object.entries(FILES).filter(([file, text]) => readFileSync(at(file), 'utf8') !== text);
      expect(changed.map(([file]) => file)).toEqual(path === undefined ? [] : [path]);
      if (path === undefined) return;
      const lines = readFileSync(at(path), 'utf8').split('\n');
      expect(lines.filter((one) => !FILES[path]?.split('\n').includes(one))).toEqual([line]);
      // Twice breaks nothing more, and says so.
      const again = spawnSync('/bin/bash', ['-s'], { input: `${prelude}${script}`, encoding: 'utf8' });
      if (name !== 'kubelet-flag-removed') expect(again.stderr).toContain('has not what the fault changes');
    });
  });

  test('faults of DNS change what the simulator’s change', async () => {
    await make(
      { fault: { name: 'kube-dns-selector-wrong' } },
      { fault: { name: 'corefile-zone-misspelled-no-reload' } },
    );
    const service = await get<{ spec: { selector: object } }>('/api/v1/namespaces/kube-system/services/kube-dns');
    expect(service.spec.selector).toEqual({ 'k8s-app': 'coredns' });
    const map = await get<{ data: { Corefile: string } }>('/api/v1/namespaces/kube-system/configmaps/coredns');
    expect(map.data.Corefile).toContain('kubernetes cluster.lokal');
    expect(map.data.Corefile).not.toMatch(/^\s*reload/m);
    await make({ fault: { name: 'coredns-scaled-to-zero' } });
    const coredns = await get<{ spec: { replicas: number } }>(
      '/apis/apps/v1/namespaces/kube-system/deployments/coredns',
    );
    expect(coredns.spec.replicas).toBe(0);
    expect(KIND_FAULT_NAMES).toHaveLength(9);
  });

  test('a node that starts again is its container, which gets its name anew', async () => {
    answers([{ has: 'is-system-running', stdout: 'degraded\n', code: 1 }]);
    expect((await cluster.run('node01', 'root', ['systemctl', 'reboot'])).code).toBe(0);
    expect(standIns.calls().filter(([, verb]) => verb === 'restart')).toEqual([['docker', 'restart', worker()]]);
    const named = standIns.scripts().filter(({ script }) => script.includes('hostname "$1"'));
    expect(named.map(({ args }) => args[3])).toContain(`${cluster.place.host}-node1`);
    // Whoever is not root asks the machine itself.
    answers([{ has: 'reboot', code: 1, stderr: 'Call to Reboot failed: Access denied\n' }]);
    expect(await cluster.run('node01', 'candidate', ['systemctl', 'reboot'])).toMatchObject({ code: 1 });
    expect(standIns.calls().map(([, verb]) => verb)).toEqual(['exec']);
  });

  test('a container that cannot start again says so', async () => {
    answers([], { restart: 'refused' });
    await expect(cluster.run('node01', 'root', ['systemctl', 'reboot'])).rejects.toThrow(
      /docker cannot restart kubedrill-kd\d+-worker: .*did not receive an exit event/,
    );
  });
});
