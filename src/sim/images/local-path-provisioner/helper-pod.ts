import { isAlreadyExists, StatusError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { readYaml } from '../../api/yaml/read.js';
import type { ApiClient } from '../../client/client.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { ProvisionError } from '../provisioner/provision-controller.js';
import { STORAGE } from '../provisioner/storage-types.js';
import type { LocalPathConfig } from './config.js';

/** A volume's folder on a node, and what is done to it. */
export interface HelperTask {
  readonly action: 'create' | 'delete';
  readonly volume: string;
  readonly path: string;
  readonly mode: string;
  readonly bytes: number;
  readonly node: string;
}

/** Where helper pods are made, by what, and who is told. */
export interface HelperPlace {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly namespace: string;
  readonly configMap: string;
  readonly account: string;
  readonly config: LocalPathConfig;
  /** The pod's template, YAML. */
  readonly template: string;
  log(text: string): void;
}

/** Runs the setup or teardown script in a pod on the volume's node and waits for its end. Throws `ProvisionError`. */
export function* runHelper(place: HelperPlace, task: HelperTask): Waiting<void> {
  const { client, namespace, log } = place;
  const { action, volume, node, path } = task;
  const pod = helperPod(place, task);
  const { name = '' } = pod.metadata;
  log(`create the helper pod ${name} into ${namespace}`);
  try {
    yield* client.create<Pod>(STORAGE.pods, pod);
  } catch (error) {
    if (!isAlreadyExists(error)) throw refused(task, error);
  }
  const done = yield* untilDone(place, name);
  yield* tellLogs(place, name);
  try {
    yield* client.delete(STORAGE.pods, name, namespace);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    log(`unable to delete the helper pod: ${error.message}`);
  }
  if (!done) {
    const why = `create process timeout after ${place.config.timeoutSeconds} seconds`;
    throw new ProvisionError(`failed to ${action} volume ${volume}: ${why}`);
  }
  log(`Volume ${volume} has been ${action}d on ${node === '' ? path : `${node}:${path}`}`);
}

function* untilDone({ sys, client, namespace, config }: HelperPlace, name: string): Waiting<boolean> {
  for (let second = 0; second < config.timeoutSeconds; second += 1) {
    const pod = yield* client.get<Pod>(STORAGE.pods, name, namespace);
    if (pod.status?.phase === 'Succeeded') return true;
    yield* sys.sleep(SECOND);
  }
  return false;
}

function* tellLogs({ client, namespace, log }: HelperPlace, name: string): Waiting<void> {
  const target = `/api/v1/namespaces/${namespace}/pods/${name}/log?container=helper-pod`;
  const { status, body } = yield* client.raw({ method: 'GET', target, headers: {} });
  if (status !== 200) return;
  log(`Start of ${name} logs`);
  for (const line of decodeText(body ?? new Uint8Array()).split('\n')) if (line !== '') log(line);
  log(`End of ${name} logs`);
}

function refused({ action, volume }: HelperTask, error: unknown): unknown {
  if (!(error instanceof StatusError)) return error;
  return new ProvisionError(`failed to ${action} volume ${volume}: ${(error as StatusError).message}`);
}

/** The template with the script, the folder above the volume's, and what the script wants to know. */
function helperPod({ template, namespace, configMap, account, config }: HelperPlace, task: HelperTask): Pod {
  const { action, volume, path, mode, bytes, node } = task;
  const base = readYaml(template) as unknown as Pod;
  const parent = path.slice(0, path.lastIndexOf('/')) || '/';
  const [first, ...others] = base.spec.containers;
  if (!first) throw new ProvisionError('helper pod template does not specify any container');
  const own = { setup: config.setup, teardown: config.teardown };
  const items = (['setup', 'teardown'] as const).filter((script) => own[script] === '');
  const command = action === 'create' ? own.setup : own.teardown;
  const script = action === 'create' ? 'setup' : 'teardown';
  const env = {
    VOL_DIR: path,
    VOL_MODE: mode,
    VOL_SIZE_BYTES: String(bytes),
    VOL_USER: '',
    VOL_GROUP: '',
    VOL_PERM: '',
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...base.metadata, name: `${base.metadata.name}-${action}-${volume}`.slice(0, 128), namespace },
    spec: {
      ...base.spec,
      ...(node === '' ? {} : { nodeName: node }),
      serviceAccountName: account,
      restartPolicy: 'Never',
      containers: [
        {
          ...first,
          command: command === '' ? ['/bin/sh', `/script/${script}`] : [command],
          args: ['-p', path, '-s', String(bytes), '-m', mode, '-a', action],
          env: [...(first.env ?? []), ...Object.entries(env).map(([name, value]) => ({ name, value }))],
          volumeMounts: [
            ...(first.volumeMounts ?? []),
            ...(items.length > 0 ? [{ name: 'script', mountPath: '/script' }] : []),
            { name: 'data', mountPath: parent },
          ],
        },
        ...others,
      ],
      volumes: [
        ...(base.spec.volumes ?? []),
        { name: 'data', hostPath: { path: parent, type: 'DirectoryOrCreate' } },
        ...(items.length > 0
          ? [{ name: 'script', configMap: { name: configMap, items: items.map((key) => ({ key, path: key })) } }]
          : []),
      ],
    },
  };
}
