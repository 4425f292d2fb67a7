import { expect, test } from 'vitest';
import { ObjectReader } from '../../src/checker/objects.js';
import { ProbePods } from '../../src/checker/probe-pods.js';
import type { ApiRequest, ApiResponse } from '../../src/clusters/port.js';
import { FakeCluster, type FakeContent } from './fake-cluster.js';

function probing(content: FakeContent = {}) {
  const made: unknown[] = [];
  const responds = (request: ApiRequest): ApiResponse | undefined => {
    if (request.method === 'POST') made.push(request.body);
    return content.responds?.(request);
  };
  const cluster = new FakeCluster({ ...content, responds });
  const pods = new ProbePods(cluster, new ObjectReader(cluster));
  const named = async (source: Parameters<ProbePods['probers']>[0], tool?: 'nc' | 'curl') =>
    (await pods.probers(source, (base) => `my-${base}`, tool)).map(({ name }) => name);
  return { cluster, pods, named, made };
}
const probe = (more: object = {}) => ({ probe: { namespace: 'shop', ...more } });
const withoutRequests = ({ requests }: FakeCluster): string[] => requests.filter((line) => !line.startsWith('GET'));
const POD = '/api/v1/namespaces/shop/pods';

test('a pod is tame, says what it uses, goes anywhere and ends at once', async () => {
  const { named, made } = probing();
  expect(await named(probe({ labels: { role: 'client' } }), 'curl')).toEqual(['shop/kubedrill-probe-curl-1']);
  const resources = { cpu: '10m', memory: '32Mi' };
  expect(made).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'kubedrill-probe-curl-1', namespace: 'shop', labels: { role: 'client' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        tolerations: [{ operator: 'Exists' }],
        automountServiceAccountToken: false,
        containers: [
          {
            name: 'probe',
            image: 'curlimages/curl:8.9.1',
            command: ['sleep', '3600'],
            resources: { requests: resources, limits: resources },
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { drop: ['ALL'] },
              runAsNonRoot: true,
              runAsUser: 65_534,
              seccompProfile: { type: 'RuntimeDefault' },
            },
          },
        ],
      },
    },
  ]);
});

test('whoever is to be from elsewhere stands where the cluster has a place for that', async () => {
  const { named, cluster, pods } = probing();
  Object.assign(cluster, { elsewhere: 'kubedrill-probes-a' });
  const sources = [{ probe: { namespace: 'default' } }, probe()];
  const names = [];
  for (const source of sources) names.push(...(await named(source)));
  expect(names).toEqual(['a pod in another namespace', 'shop/kubedrill-probe-nc-2']);
  await pods.remove();
  expect(withoutRequests(cluster).map((line) => line.split('?')[0])).toEqual([
    'POST /api/v1/namespaces/kubedrill-probes-a/pods',
    'POST /api/v1/namespaces/shop/pods',
    'DELETE /api/v1/namespaces/kubedrill-probes-a/pods/kubedrill-probe-nc-1',
    'DELETE /api/v1/namespaces/shop/pods/kubedrill-probe-nc-2',
  ]);
  expect(await probing().named({ probe: { namespace: 'default' } })).toEqual(['default/kubedrill-probe-nc-1']);
});

test('one is made for each namespace, set of labels and tool, and each is taken away', async () => {
  const { named, pods, made, cluster } = probing();
  const sources = [probe(), probe({ labels: {} }), probe({ labels: { a: 'b' } }), { probe: { namespace: 'bank' } }];
  const names = [];
  for (const source of sources) names.push(...(await named(source)));
  names.push(...(await named(probe(), 'curl')));
  expect(names).toEqual([
    'shop/kubedrill-probe-nc-1',
    'shop/kubedrill-probe-nc-1',
    'shop/kubedrill-probe-nc-2',
    'bank/kubedrill-probe-nc-3',
    'shop/kubedrill-probe-curl-4',
  ]);
  expect(made[0]).toMatchObject({ metadata: { labels: {} }, spec: { containers: [{ image: 'busybox:1.36' }] } });
  await pods.remove();
  expect(withoutRequests(cluster).slice(4)).toEqual([
    `DELETE ${POD}/kubedrill-probe-nc-1?gracePeriodSeconds=0`,
    `DELETE ${POD}/kubedrill-probe-nc-2?gracePeriodSeconds=0`,
    'DELETE /api/v1/namespaces/bank/pods/kubedrill-probe-nc-3?gracePeriodSeconds=0',
    `DELETE ${POD}/kubedrill-probe-curl-4?gracePeriodSeconds=0`,
  ]);
  expect(cluster.objects).toEqual([]);
});

test('one that is still being made is taken away when it is', async () => {
  const { named, pods, cluster } = probing();
  const making = named(probe()).catch(() => undefined);
  await pods.remove();
  expect(cluster.requests.map((request) => request.split(' ')[0])).toEqual(['POST', 'GET', 'DELETE']);
  await making;
});

test.each<[ApiResponse, string]>([
  [{ status: 403, body: { message: 'exceeded quota' } }, 'no pod could be made in shop to try it from: exceeded quota'],
  [
    { status: 409, body: { message: 'the object has been modified' } },
    'no pod could be made in shop to try it from: the object has been modified',
  ],
  [
    { status: 403, body: { message: 'it already exists' } },
    'no pod could be made in shop to try it from: it already exists',
  ],
  [{ status: 300, body: undefined }, 'no pod could be made in shop to try it from: status 300'],
  [{ status: 299, body: undefined }, 'a pod made in shop to try it from did not start within 60 s'],
])('%j: %s', async (response, says) => {
  const { named, cluster } = probing({ responds: ({ method }) => (method === 'POST' ? response : undefined) });
  expect(await named(probe()).catch((error: Error) => error.message)).toBe(says);
  expect(withoutRequests(cluster)).toEqual([`POST ${POD}`]);
});

test('a minute is waited for it to start, in the time of the cluster', async () => {
  const { named, cluster } = probing({ stuck: true });
  await named(probe()).catch(() => undefined);
  expect(cluster.waits).toEqual(Array.from({ length: 60 }, () => 1));
});

test.each<[string, Partial<FakeContent>, number, string]>([
  [
    'where time is real an image is waited for',
    { stuck: 'ContainerCreating', capabilities: ['copies'] },
    300,
    ': ContainerCreating',
  ],
  [
    'one that cannot be had is not',
    { stuck: 'ErrImagePull, no such tag', capabilities: ['copies'] },
    60,
    ': ErrImagePull, no such tag',
  ],
  ['nor where time passes at will', { stuck: 'ContainerCreating' }, 60, ': ContainerCreating'],
  ['nor what no node takes', { stuck: true, capabilities: ['copies'] }, 60, ''],
])('%s', async (_, content, seconds, why) => {
  const { named, cluster } = probing(content);
  const said = await named(probe()).catch((error: Error) => error.message);
  expect(said).toBe(`a pod made in shop to try it from did not start within ${seconds} s${why}`);
  expect(cluster.waits).toHaveLength(seconds);
});

test('one that an earlier grading left behind gives way', async () => {
  let there = true;
  const { named, cluster } = probing({
    responds: ({ method }) => {
      if (method === 'DELETE') there = false;
      const exists = 'pods "kubedrill-probe-nc-1" already exists';
      return method === 'POST' && there ? { status: 409, body: { message: exists } } : undefined;
    },
  });
  expect(await named(probe())).toEqual(['shop/kubedrill-probe-nc-1']);
  expect(withoutRequests(cluster)).toEqual([
    `POST ${POD}`,
    `DELETE ${POD}/kubedrill-probe-nc-1?gracePeriodSeconds=0`,
    `POST ${POD}`,
  ]);
});

test('a pod that is being deleted is not looked from', async () => {
  const metadata = { name: 'a', namespace: 'shop', labels: { app: 'web' }, deletionTimestamp: '2026-01-01T00:00:00Z' };
  const { named } = probing({ objects: [{ apiVersion: 'v1', kind: 'Pod', metadata, status: { phase: 'Running' } }] });
  expect(await named({ pods: { namespace: 'shop', selector: 'app=web' } })).toEqual([]);
});

test('hosts and pods that are there', async () => {
  const pod = (name: string, phase: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: 'web' } },
    status: { phase },
  });
  const { named, pods, cluster } = probing({
    objects: [pod('a', 'Running'), pod('b', 'Pending'), { ...pod('c', ''), status: undefined }],
  });
  expect(await named({ host: 'node01' })).toEqual(['my-node01']);
  expect(await named({ pods: { namespace: 'shop', selector: 'app=web' } })).toEqual(['shop/a']);
  expect(await named({ pods: { namespace: 'shop', selector: 'app=db' } })).toEqual([]);
  await pods.remove();
  expect(withoutRequests(cluster)).toEqual([]);
});

test('a pod that is there is looked from by its first container', async () => {
  const pod = (name: string, spec: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', labels: { app: 'web' } },
    spec,
    status: { phase: 'Running' },
  });
  const objects = [pod('two', { containers: [{ name: 'first' }, { name: 'second' }] }), pod('none', {})];
  const { pods, cluster } = probing({ objects } as unknown as FakeContent);
  const source = { pods: { namespace: 'shop', selector: 'app=web' } };
  for (const prober of await pods.probers(source, (base) => `my-${base}`)) await prober.run(['true'], 1);
  expect(cluster.entered.map((entered) => Object.entries(entered))).toEqual([
    [
      ['namespace', 'shop'],
      ['name', 'two'],
      ['container', 'first'],
    ],
    [
      ['namespace', 'shop'],
      ['name', 'none'],
    ],
  ]);
});

test.each([
  ['with room enough', false, ['500m']],
  ['with a quota', true, ['500m', '10m']],
])('where time is real one in a namespace %s may use what there is', async (_, isTight, limits) => {
  const { named, made } = probing({
    capabilities: ['containers'],
    responds: ({ method, body }) =>
      isTight && method === 'POST' && JSON.stringify(body).includes('500m')
        ? { status: 403, body: { kind: 'Status', status: 'Failure', message: 'exceeded quota', code: 403 } }
        : undefined,
  });
  expect(await named(probe())).toEqual(['shop/kubedrill-probe-nc-1']);
  const container = (pod: unknown) => (pod as { spec: { containers: { resources: unknown }[] } }).spec.containers[0];
  expect(made.map((pod) => container(pod)?.resources)).toEqual(
    limits.map((cpu) => ({ requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu, memory: '32Mi' } })),
  );
});

test('where time is real a new one is given a moment, and four more while it is treated as nobody should be', async () => {
  const { pods, cluster } = probing({ capabilities: ['containers'] });
  const [prober] = await pods.probers(probe(), (base) => base);
  expect(cluster.waits).toEqual([3]);
  const older = [];
  for (let times = 0; times < 6; times += 1) older.push(await prober?.grownOlder?.());
  expect(older).toEqual([true, true, true, true, false, false]);
  expect(cluster.waits).toEqual([3, 2, 2, 2, 2]);
  const [elsewhere] = await probing().pods.probers(probe(), (base) => base);
  expect(elsewhere?.grownOlder).toBeUndefined();
});
