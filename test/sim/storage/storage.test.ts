import { describe, expect, test } from 'vitest';
import { notFound, StatusError } from '../../../src/sim/api/status.js';
import type { ConfigMap, Secret } from '../../../src/sim/api/types/config.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { Volume } from '../../../src/sim/api/types/volume.js';
import { FileTree } from '../../../src/sim/hosts/file-tree/file-tree.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { HostKernel } from '../../../src/sim/kernel/host-kernel.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import type { VolumeSources } from '../../../src/sim/storage/sources.js';
import { createVolumes } from '../../../src/sim/storage/volumes.js';
import { bareMachine } from '../kernel/machine.js';

interface Objects {
  configMaps: Record<string, ConfigMap['data']>;
  secrets: Record<string, Secret['data']>;
}

/** Runs a step that uses volumes on a machine with files, and gives what it returns or the words it fails with. */
function onMachine(objects: Objects, step: (sys: Sys, sources: VolumeSources) => Waiting<unknown>): unknown {
  const { kernel } = bareMachine();
  const files = new FileTree({ clock: () => kernel.now() });
  files.put('/etc/file', 'x');
  const host = new HostKernel(kernel, 'node', {
    id: '',
    files,
    network: bareMachine().host.context.network,
    hostname: 'node',
    processes: '',
  });
  let result: unknown;
  startProcess(
    host,
    function* main(sys) {
      const find = <T>(kind: string, table: Record<string, unknown>, name: string): T => {
        if (!(name in table)) throw new StatusError(notFound({ group: '', resource: kind }, name));
        return { apiVersion: 'v1', kind, metadata: { name }, data: table[name] } as T;
      };
      const sources: VolumeSources = {
        sys,
        *configMap(_namespace, name) {
          return find<ConfigMap>('configmap', objects.configMaps, name);
        },
        *secret(_namespace, name) {
          return find<Secret>('secret', objects.secrets, name);
        },
        *token(_pod, audience, seconds) {
          return {
            token: `token for ${audience ?? 'api'} ${seconds}`,
            refreshAt: sys.now() + 1,
            endsAt: sys.now() + 1,
          };
        },
        *claim(_namespace, name) {
          return find('persistentvolumeclaim', {}, name);
        },
        *persistentVolume(name) {
          return find('persistentvolume', {}, name);
        },
        csiEndpoint: () => undefined,
        *attached() {
          return true;
        },
        *resized() {},
        node: () => undefined,
        field: (pod, path) => (path === 'metadata.name' ? (pod.metadata.name ?? '') : '?'),
        allocatableMemory: () => 4_000_000_000,
        resourceField: () => '1',
      };
      try {
        result = yield* step(sys, sources);
      } catch (error) {
        result = (error as Error).message;
      }
      return 0;
    },
    ['main'],
  );
  kernel.advance(1_000_000);
  expect(kernel.crashes).toEqual([]);
  return result;
}

const podWith = (volume: Omit<Volume, 'name'>, spec: object = {}): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'd', uid: 'u1' },
  spec: { containers: [], volumes: [{ name: 'v', ...volume }], ...spec } as Pod['spec'],
});
const text = (sys: Sys, path: string) => Buffer.from(sys.readFile(path)).toString('utf8');

test('a ConfigMap is links into ..data, which moves all at once', () => {
  const objects: Objects = { configMaps: { c: { a: '1', b: '2' } }, secrets: {} };
  const pod = podWith({ configMap: { name: 'c' } });
  const folder = '/var/lib/kubelet/pods/u1/volumes/kubernetes.io~configmap/v';
  const seen = onMachine(objects, function* (sys, sources) {
    const volumes = createVolumes(sources);
    yield* volumes.setUp(pod);
    const first = sys.readLink(`${folder}/..data`);
    yield* volumes.setUp(pod);
    const same = sys.readLink(`${folder}/..data`) === first;
    objects.configMaps['c'] = { a: '3' };
    yield* volumes.setUp(pod);
    const names = sys.readDirectory(folder).map(({ name }) => name.replace(/^\.\.\d.*/, '..time'));
    return [
      same,
      sys.readLink(`${folder}/a`),
      text(sys, `${folder}/a`),
      names.sort(),
      sys.readLink(`${folder}/..data`) !== first,
    ];
  });
  expect(seen).toEqual([true, '..data/a', '3', ['..data', '..time', 'a'], true]);
});

describe('what a volume says when it cannot be had', () => {
  test.each<[string, Omit<Volume, 'name'>, string]>([
    ['no ConfigMap', { configMap: { name: 'no' } }, 'configmap "no" not found'],
    [
      'no key',
      { configMap: { name: 'c', items: [{ key: 'z', path: 'z' }] } },
      'configmap references non-existent config key: z',
    ],
    ['no Secret', { secret: { secretName: 'no' } }, 'secret "no" not found'],
    [
      'no secret key',
      { secret: { secretName: 's', items: [{ key: 'z', path: 'z' }] } },
      'references non-existent secret key: z',
    ],
    [
      'no folder',
      { hostPath: { path: '/nowhere', type: 'Directory' } },
      'hostPath type check failed: /nowhere is not a directory',
    ],
    [
      'a file, not a folder',
      { hostPath: { path: '/etc/file', type: 'Directory' } },
      'hostPath type check failed: /etc/file is not a directory',
    ],
    ['no file', { hostPath: { path: '/etc', type: 'File' } }, 'hostPath type check failed: /etc is not a file'],
  ])('%s', (_, volume, words) => {
    const said = onMachine({ configMaps: { c: {} }, secrets: { s: {} } }, function* (_sys, sources) {
      yield* createVolumes(sources).setUp(podWith(volume));
    });
    expect(said).toBe(`MountVolume.SetUp failed for volume "v" : ${words}`);
  });
});

test('a projected volume holds token, authority and names', () => {
  const pod = podWith({
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        { downwardAPI: { items: [{ path: 'who', fieldRef: { fieldPath: 'metadata.name' } }] } },
        { secret: { name: 'maybe', optional: true } },
      ],
    },
  });
  const folder = '/var/lib/kubelet/pods/u1/volumes/kubernetes.io~projected/v';
  const seen = onMachine(
    { configMaps: { 'kube-root-ca.crt': { 'ca.crt': 'PEM' } }, secrets: {} },
    function* (sys, sources) {
      yield* createVolumes(sources).setUp(pod);
      return [
        ...['token', 'ca.crt', 'who'].map((name) => text(sys, `${folder}/${name}`)),
        sys.stat(`${folder}/ca.crt`).mode,
      ];
    },
  );
  expect(seen).toEqual(['token for api 3607', 'PEM', 'p', 0o440]);
});

describe('a token of a projected volume', () => {
  const folder = '/var/lib/kubelet/pods/u1/volumes/kubernetes.io~projected/v';
  const tokens = (spec: object = {}, ...audiences: (string | undefined)[]) =>
    podWith(
      {
        projected: {
          defaultMode: 0o444,
          sources: audiences.map((audience, at) => ({
            serviceAccountToken: { path: `${at}`, expirationSeconds: 600, ...(audience ? { audience } : {}) },
          })),
        },
      },
      { serviceAccountName: 'robot', ...spec },
    );

  /** Tokens that are numbered, live for a tenth of a second and are refused from the third on. */
  function numbered(sys: Sys, sources: VolumeSources, life = 100_000): VolumeSources {
    let made = 0;
    return {
      ...sources,
      *token(_pod, audience) {
        made += 1;
        if (made > 2) throw new StatusError(notFound({ group: '', resource: 'pods' }, 'p'));
        const now = sys.now();
        return { token: `${made} for ${audience ?? 'api'}`, refreshAt: now + life * 0.8, endsAt: now + life };
      },
    };
  }

  test('is replaced when most of its life is over, and stays for as long as it counts when there is no other', () => {
    const seen = onMachine({ configMaps: {}, secrets: {} }, function* (sys, sources) {
      const volumes = createVolumes(numbered(sys, sources));
      const after = function* (micros: number): Waiting<string> {
        yield* sys.sleep(micros);
        try {
          yield* volumes.setUp(tokens({}, undefined));
        } catch (error) {
          return (error as Error).message;
        }
        return text(sys, `${folder}/0`);
      };
      const all: string[] = [];
      for (const micros of [0, 79_000, 2000, 81_000, 30_000]) all.push(yield* after(micros));
      return all;
    });
    expect(seen).toEqual([
      '1 for api',
      '1 for api',
      '2 for api',
      '2 for api',
      'MountVolume.SetUp failed for volume "v" : token "robot"/"d"/[]string(nil)/600/v1.BoundObjectReference{Kind:"Pod", APIVersion:"v1", Name:"p", UID:"u1"}/"" expired and refresh failed: pods "p" not found',
    ]);
  });

  test('is another for each audience, and new for a pod that comes again', () => {
    const seen = onMachine({ configMaps: {}, secrets: {} }, function* (sys, sources) {
      const volumes = createVolumes(numbered(sys, sources));
      const pod = tokens({}, undefined, 'vault');
      yield* volumes.setUp(pod);
      const both = ['0', '1'].map((name) => text(sys, `${folder}/${name}`));
      volumes.tearDown(pod.metadata.uid ?? '');
      yield* volumes.setUp(pod);
      return both;
    });
    expect(seen).toBe('MountVolume.SetUp failed for volume "v" : failed to fetch token: pods "p" not found');
  });

  test.each([
    ['nobody known', { containers: [{}] }, [0o444, 0, 0]],
    ['a user', { containers: [{}], securityContext: { runAsUser: 1000 } }, [0o600, 1000, 0]],
    [
      'users that differ',
      { containers: [{ securityContext: { runAsUser: 1 } }, { securityContext: { runAsUser: 2 } }] },
      [0o444, 0, 0],
    ],
    ['one user not known', { containers: [{ securityContext: { runAsUser: 1 } }, {}] }, [0o444, 0, 0]],
    ['a group', { containers: [{}], securityContext: { fsGroup: 2000 } }, [0o640, 0, 2000]],
  ])('belongs to whom the containers run as: %s', (_who, spec, expected) => {
    const seen = onMachine({ configMaps: {}, secrets: {} }, function* (sys, sources) {
      yield* createVolumes(numbered(sys, sources)).setUp(tokens(spec, undefined));
      const { mode, uid, gid } = sys.stat(`${folder}/0`);
      return [mode, uid, gid];
    });
    expect(seen).toEqual(expected);
  });
});

test("an emptyDir is everybody's, and goes with its pod", () => {
  const pod = podWith({ emptyDir: {} }, { securityContext: { fsGroup: 2000 } });
  const folder = '/var/lib/kubelet/pods/u1/volumes/kubernetes.io~empty-dir/v';
  const seen = onMachine({ configMaps: {}, secrets: {} }, function* (sys, sources) {
    const volumes = createVolumes(sources);
    yield* volumes.setUp(pod);
    const { mode, gid } = sys.stat(folder);
    volumes.tearDown(pod.metadata.uid ?? '');
    try {
      sys.stat(folder);
      return 'still there';
    } catch {
      return [mode.toString(8), gid];
    }
  });
  expect(seen).toEqual(['2777', 2000]);
});
