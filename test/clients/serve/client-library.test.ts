import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import {
  AppsV1Api,
  Attach,
  CoordinationV1Api,
  CoreV1Api as Core,
  type CoreV1Api,
  Cp,
  Exec,
  Health,
  KubeConfig,
  type KubernetesObject,
  KubernetesObjectApi,
  Log,
  Metrics,
  makeInformer,
  PatchStrategy,
  PortForward,
  setHeaderOptions,
  topPods,
  type V1Status,
  VersionApi,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { collect, configMap, deployment, failure, namespace } from './library-objects.js';
import { type ServedWorld, serveWorld } from './served-world.js';

let world: ServedWorld;
let config: KubeConfig;
let core: CoreV1Api;
beforeAll(async () => {
  world = await serveWorld('single-node');
  config = new KubeConfig();
  config.loadFromFile(world.kubeconfig);
  core = config.makeApiClient(Core);
  await runPod('box', { command: ['sh', '-c', 'echo begun; sleep 100000'] });
  await runPod('web', { image: 'nginx' });
});
afterAll(async () => {
  await world.stop();
});

async function runPod(name: string, container: object): Promise<void> {
  const containers = [{ name: 'main', image: 'busybox', ...container }];
  await core.createNamespacedPod({
    namespace,
    body: { metadata: { name }, spec: { containers, terminationGracePeriodSeconds: 0 } },
  });
  await seen('/api/v1/namespaces/default/pods', { fieldSelector: `metadata.name=${name}` }, (_, object) =>
    ((object as { status?: { containerStatuses?: { ready: boolean }[] } }).status?.containerStatuses ?? []).some(
      ({ ready }) => ready,
    ),
  );
}

/** Watches until something is seen. */
async function seen(path: string, query: object, wanted: (type: string, object: unknown) => boolean): Promise<void> {
  let found = (): void => {};
  const waited = new Promise<void>((resolve) => {
    found = resolve;
  });
  const request = await new Watch(config).watch(
    path,
    query as Record<string, string>,
    (type: string, object: unknown) => {
      if (wanted(type, object)) found();
    },
    () => {},
  );
  await waited;
  request.abort();
}

describe('objects', () => {
  test('create, read, list by pages, replace, delete', async () => {
    for (const name of ['a', 'b', 'c'])
      await core.createNamespacedConfigMap({ namespace, body: configMap(name, { of: name }, { pages: 'yes' }) });
    const first = await core.listNamespacedConfigMap({ namespace, labelSelector: 'pages', limit: 2 });
    expect(first.items.map(({ metadata }) => metadata?.name)).toEqual(['a', 'b']);
    expect(first.metadata?.remainingItemCount).toBeUndefined();
    const rest = await core.listNamespacedConfigMap({
      namespace,
      labelSelector: 'pages',
      limit: 2,
      _continue: first.metadata?._continue as string,
    });
    expect([rest.items.length, rest.metadata?._continue]).toEqual([1, undefined]);
    const read = await core.readNamespacedConfigMap({ name: 'a', namespace });
    expect(read.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const replaced = await core.replaceNamespacedConfigMap({
      name: 'a',
      namespace,
      body: { ...read, data: { x: 'y' } },
    });
    expect(replaced.data).toEqual({ x: 'y' });
    expect(await failure(core.replaceNamespacedConfigMap({ name: 'a', namespace, body: read }))).toMatchObject([
      409,
      {
        reason: 'Conflict',
        message: expect.stringContaining('the object has been modified; please apply your changes'),
      },
    ]);
    expect(await core.deleteNamespacedConfigMap({ name: 'a', namespace })).toMatchObject({ status: 'Success' });
    await core.deleteCollectionNamespacedConfigMap({ namespace, labelSelector: 'pages' });
    expect((await core.listNamespacedConfigMap({ namespace, labelSelector: 'pages' })).items).toEqual([]);
  });

  test('what is refused is told as a Status', async () => {
    expect(await failure(core.readNamespacedPod({ name: 'none', namespace }))).toMatchObject([
      404,
      { kind: 'Status', reason: 'NotFound', message: 'pods "none" not found', details: { name: 'none', kind: 'pods' } },
    ]);
    const nameless = { metadata: { name: 'Bad' }, spec: { containers: [] } };
    expect(await failure(core.createNamespacedPod({ namespace, body: nameless }))).toMatchObject([
      422,
      { reason: 'Invalid', details: { causes: [{ field: 'metadata.name' }, { field: 'spec.containers' }] } },
    ]);
    expect(
      await failure(core.createNamespacedConfigMap({ namespace, body: configMap('kube-root-ca.crt', {}) })),
    ).toMatchObject([409, { reason: 'AlreadyExists' }]);
  });

  test.each([
    [PatchStrategy.JsonPatch, [{ op: 'replace', path: '/data/a', value: '1' }], { a: '1', b: 'b' }],
    [PatchStrategy.MergePatch, { data: { a: null } }, { b: 'b' }],
    [PatchStrategy.StrategicMergePatch, { data: { c: '3' } }, { a: 'a', b: 'b', c: '3' }],
    [
      PatchStrategy.ServerSideApply,
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'patched' }, data: { d: '4' } },
      { a: 'a', b: 'b', d: '4' },
    ],
  ])('patch by %s', async (strategy, body, data) => {
    await core.createNamespacedConfigMap({ namespace, body: configMap('patched', { a: 'a', b: 'b' }) });
    const options = setHeaderOptions('Content-Type', strategy);
    const given = {
      name: 'patched',
      namespace,
      body,
      ...(strategy === PatchStrategy.ServerSideApply ? { fieldManager: 'me' } : {}),
    };
    expect((await core.patchNamespacedConfigMap(given, options)).data).toEqual(data);
    await core.deleteNamespacedConfigMap({ name: 'patched', namespace });
  });

  test('objects of any kind: apply, conflict, force, read, list, delete', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const apply = (manager: string, replicas: number, force?: boolean): Promise<KubernetesObject> =>
      objects.patch(deployment(replicas), undefined, undefined, manager, force, PatchStrategy.ServerSideApply);
    const made = (await apply('one', 0)) as KubernetesObject & { spec: { replicas: number } };
    expect(made.spec.replicas).toBe(0);
    expect(await failure(apply('two', 1))).toMatchObject([
      409,
      {
        message: 'Apply failed with 1 conflict: conflict with "one": .spec.replicas',
        details: { causes: [{ reason: 'FieldManagerConflict', field: '.spec.replicas' }] },
      },
    ]);
    await apply('two', 1, true);
    const apps = config.makeApiClient(AppsV1Api);
    const { metadata } = await apps.readNamespacedDeployment({ name: 'applied', namespace });
    const applied = metadata?.managedFields?.filter(({ operation }) => operation === 'Apply');
    expect(applied?.map(({ manager }) => manager)).toEqual(['one', 'two']);
    const scale = await apps.readNamespacedDeploymentScale({ name: 'applied', namespace });
    expect([scale.kind, scale.spec?.replicas]).toEqual(['Scale', 1]);
    expect((await objects.list('apps/v1', 'Deployment', namespace)).items).toHaveLength(1);
    expect(await objects.delete(deployment(0))).toMatchObject({ status: 'Success' });
    const server = await config.makeApiClient(VersionApi).getCode();
    expect([server.major, server.minor, server.gitVersion]).toEqual(['1', '36', 'v1.36.0']);
  });

  test('leases: whoever renews with an old version has lost', async () => {
    const leases = config.makeApiClient(CoordinationV1Api);
    const spec = { holderIdentity: 'one', leaseDurationSeconds: 15, renewTime: new Date() as never };
    const held = await leases.createNamespacedLease({ namespace, body: { metadata: { name: 'lock' }, spec } });
    expect(held.spec?.renewTime).toBeDefined();
    const take = (holderIdentity: string) =>
      leases.replaceNamespacedLease({
        name: 'lock',
        namespace,
        body: { ...held, spec: { ...held.spec, holderIdentity } },
      });
    expect((await take('two')).spec?.holderIdentity).toBe('two');
    expect((await failure(take('three')))[0]).toBe(409);
  });

  test('health, and metrics that nobody serves', async () => {
    const health = new Health(config);
    expect([await health.readyz({}), await health.livez({})]).toEqual([true, true]);
    // A real server says "404 page not found" as plain text, which this library, expecting JSON, calls a failure of its own.
    const asked = {
      code: 500,
      message: expect.stringContaining('Error occurred in metrics request: invalid json response body'),
    };
    await expect(new Metrics(config).getNodeMetrics()).rejects.toMatchObject(asked);
    await expect(topPods(core, new Metrics(config), namespace)).rejects.toMatchObject(asked);
  });
});

describe('watches and informers', () => {
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const labelSelector = 'watched';

  test('bookmarks say where a watch stands', async () => {
    let bookmark: unknown;
    await seen(
      path,
      { allowWatchBookmarks: true, sendInitialEvents: true, resourceVersionMatch: 'NotOlderThan' },
      (type, object) => {
        if (type === 'BOOKMARK') bookmark = object;
        return bookmark !== undefined;
      },
    );
    expect(bookmark).toMatchObject({
      kind: 'ConfigMap',
      metadata: {
        annotations: { 'k8s.io/initial-events-end': 'true' },
        resourceVersion: expect.stringMatching(/^\d+$/),
      },
    });
  });

  test('an informer sees what is added, changed and deleted, goes on where it was, and lists again after 410', async () => {
    const told: string[] = [];
    const list = vi.fn(() => core.listNamespacedConfigMap({ namespace, labelSelector }));
    const informer = makeInformer(config, path, list, labelSelector);
    for (const verb of ['add', 'update', 'delete'] as const)
      informer.on(verb, ({ metadata, data }) => told.push(`${verb} ${metadata?.name} ${data?.['n']}`));
    // The library tells of its own stopping as an error.
    informer.on('error', (error: Error) => {
      if (error.name !== 'AbortError') told.push(`error ${error.message}`);
    });
    const until = (line: string): Promise<void> => vi.waitFor(() => expect(told).toContain(line), 10_000);
    const write = (name: string, n: string) => ({ namespace, name, body: configMap(name, { n }, { watched: 'yes' }) });

    await core.createNamespacedConfigMap(write('first', '1'));
    await informer.start();
    await until('add first 1');
    await core.createNamespacedConfigMap(write('second', '1'));
    await core.replaceNamespacedConfigMap(write('second', '2'));
    await until('update second 2');
    await core.deleteNamespacedConfigMap({ name: 'second', namespace });
    await until('delete second 2');
    expect(informer.get('first', namespace)?.data).toEqual({ n: '1' });

    // Stopped and begun again, it resumes without a list.
    await informer.stop();
    await core.createNamespacedConfigMap(write('third', '1'));
    await informer.start();
    await until('add third 1');
    expect(list).toHaveBeenCalledTimes(1);

    // What it missed is compacted away: 410, a new list, and the difference is told.
    await informer.stop();
    await core.deleteNamespacedConfigMap({ name: 'third', namespace });
    const { metadata } = await core.createNamespacedConfigMap(write('fourth', '1'));
    await etcdctl('compaction', metadata?.resourceVersion as string);
    await informer.start();
    await until('delete third 1');
    await until('add fourth 1');
    expect(list).toHaveBeenCalledTimes(2);
    await informer.stop();
    expect(told).toEqual([
      'add first 1',
      'add second 1',
      'update second 2',
      'delete second 2',
      'add third 1',
      'delete third 1',
      'add fourth 1',
    ]);
  });
});

/** Runs etcdctl where it is installed. */
async function etcdctl(...words: string[]): Promise<void> {
  const pki = '/etc/kubernetes/pki/etcd';
  const flags = [`--cacert=${pki}/ca.crt`, `--cert=${pki}/server.crt`, `--key=${pki}/server.key`];
  const { status } = await run('etcd-controlplane', ['etcdctl', ...flags, ...words], {
    space: 'kube-system',
    container: 'etcd',
  });
  expect(status.status).toBe('Success');
}

interface RunOptions {
  readonly space?: string;
  readonly container?: string;
  readonly input?: Readable;
  readonly tty?: boolean;
}

/** Runs a command to its end. */
async function run(
  pod: string,
  command: string[],
  { space = namespace, container = 'main', input, tty = false }: RunOptions = {},
) {
  const [out, errors] = [collect(), collect()];
  const status = await new Promise<V1Status>((resolve, reject) => {
    new Exec(config)
      .exec(space, pod, container, command, out, tty ? null : errors, input ?? null, tty, resolve)
      .catch(reject);
  });
  return { status, out: out.text(), errors: errors.text() };
}

describe('streams', () => {
  test('exec: input, output, errors, exit code', async () => {
    expect(await run('box', ['sort'], { input: Readable.from([Buffer.from('b\na\n')]) })).toMatchObject({
      status: { status: 'Success' },
      out: 'a\nb\n',
    });
    expect(await run('box', ['sh', '-c', 'echo out; echo no >&2; exit 3'])).toMatchObject({
      status: { reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '3' }] } },
      out: 'out\n',
      errors: 'no\n',
    });
    const { status } = await run('box', ['nonsense']);
    expect(status.message).toMatch(/"nonsense": executable file not found in \$PATH/);
  });

  test('exec at a terminal whose size changes', async () => {
    const out = Object.assign(collect(), { rows: 20, columns: 90 });
    const input = new PassThrough();
    const ended = new Promise<V1Status>((resolve) => {
      void new Exec(config).exec(namespace, 'box', 'main', ['sh'], out, null, input, true, resolve);
    });
    // The library sends the size after the input it has.
    await vi.waitFor(() => expect(out.text()).toContain('# '), 5000);
    input.write('stty size\n');
    await vi.waitFor(() => expect(out.text()).toContain('20 90\r\n'), 5000);
    Object.assign(out, { rows: 30, columns: 100 });
    out.emit('resize');
    input.write('stty size\n');
    await vi.waitFor(() => expect(out.text()).toContain('30 100\r\n'), 5000);
    input.write('exit 5\n');
    expect((await ended).details?.causes).toMatchObject([{ message: '5' }]);
  });

  test('attach', async () => {
    await runPod('cat', { command: ['cat'], stdin: true });
    const out = collect();
    const input = new PassThrough();
    const socket = await new Attach(config).attach(namespace, 'cat', 'main', out, null, input, false);
    input.write('there and back\n');
    await vi.waitFor(() => expect(out.text()).toBe('there and back\n'), 5000);
    socket.close();
  });

  test('a forwarded port, and one that is closed', async () => {
    const speak = async (port: number): Promise<[string, string]> => {
      const [out, errors, input] = [collect(), collect(), new PassThrough()];
      const socket = await new PortForward(config).portForward(namespace, 'web', [port], out, errors, input);
      const closed = new Promise((resolve) => Object.assign(socket, { onclose: resolve }));
      input.write('GET /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      await closed;
      return [out.text(), errors.text()];
    };
    expect(await speak(80)).toEqual([expect.stringMatching(/^HTTP\/1\.1 404 Not Found\r\n/), '']);
    expect(await speak(81)).toEqual([
      '',
      expect.stringMatching(/^error forwarding port 81 to pod \w+, .*connection refused/),
    ]);
  });

  test('logs, followed and by their end', async () => {
    const log = new Log(config);
    const [all, followed] = [collect(), collect()];
    await log.log(namespace, 'box', 'main', all, {});
    await vi.waitFor(() => expect(all.text()).toBe('begun\n'), 5000);
    const request = await log.log(namespace, 'box', 'main', followed, { follow: true, limitBytes: 3 });
    await vi.waitFor(() => expect(followed.text()).toBe('beg'), 5000);
    request.abort();
    await expect(log.log(namespace, 'none', 'main', collect(), {})).rejects.toMatchObject({ code: 404 });
  });

  test('cp: a tree goes in and is there', async () => {
    const folder = join(world.folder, 'tree');
    mkdirSync(join(folder, 'inner'), { recursive: true });
    writeFileSync(join(folder, 'inner', 'odd näme'), 'x'.repeat(100_000));
    await new Cp(config).cpToPod(namespace, 'box', 'main', folder, '/tmp');
    const size = async (): Promise<string> => (await run('box', ['wc', '-c', '/tmp/inner/odd näme'])).out;
    await expect.poll(size, { timeout: 5000 }).toBe('100000 /tmp/inner/odd näme\n');
  });
});
