import { formatTime } from '../../api/time.js';
import type { CriContainer, CriImage, PodSandbox } from '../../api/types/cri.js';
import { printYaml } from '../../api/yaml/print.js';
import type { CriClient } from '../../client/cri-client.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Arguments } from './arguments.js';
import { Fatal } from './fatal.js';
import { printedJson } from './printed-json.js';

/** What a runtime that was asked to be verbose says of an object beside its status. */
interface Looked {
  readonly status: unknown;
  readonly info?: unknown;
}

/** `crictl inspect`: containers, those of the ids or all. */
export function* inspectContainers(cri: CriClient, args: Arguments): Waiting<string> {
  const all = args.rest.length > 0 ? args.rest : (yield* cri.call('ListContainers', {})).containers.map(({ id }) => id);
  return yield* inspect(args, all, function* (id) {
    const [container] = (yield* cri.call('ListContainers', { id })).containers;
    if (container) return lookAtContainer(container);
    const missing = `an error occurred when try to find container ${JSON.stringify(id)}: not found`;
    throw new Fatal(`get the status of containers: get container status: rpc error: code = NotFound desc = ${missing}`);
  });
}

/** `crictl inspectp`: pods' sandboxes, those of the ids or all. */
export function* inspectPods(cri: CriClient, args: Arguments): Waiting<string> {
  const all = args.rest.length > 0 ? args.rest : (yield* cri.call('ListPodSandbox', {})).items.map(({ id }) => id);
  return yield* inspect(args, all, function* (id) {
    const [sandbox] = (yield* cri.call('ListPodSandbox', { id })).items;
    if (sandbox) return lookAtSandbox(sandbox);
    const missing = 'an error occurred when try to find sandbox: not found';
    throw new Fatal(
      `get the status of pod sandboxes: get pod sandbox status: rpc error: code = NotFound desc = ${missing}`,
    );
  });
}

/** `crictl inspecti`: images with their configuration, those of the ids and names or all. */
export function* inspectImages(cri: CriClient, args: Arguments): Waiting<string> {
  const all = args.rest.length > 0 ? args.rest : (yield* cri.call('ListImages', {})).images.map(({ id }) => id);
  return yield* inspect(args, all, function* (name) {
    const { image, info } = yield* cri.call('ImageStatus', { image: name, verbose: true });
    if (!image) throw new Fatal(`no such image ${JSON.stringify(name)} present`);
    return { status: statusOfImage(image), info };
  });
}

/** One object is shown as it is, several as a list; info before status, as a map's keys are sorted. */
function* inspect(
  { flags }: Arguments,
  ids: readonly string[],
  look: (id: string) => Waiting<Looked>,
): Waiting<string> {
  const found: Looked[] = [];
  for (const id of ids) {
    const { status, info } = yield* look(id);
    found.push(flags.has('quiet') || info === undefined ? { status } : { info, status });
  }
  const shown = found.length === 1 ? found[0] : found;
  const output = flags.get('output') ?? 'json';
  if (output === 'yaml') return `${printYaml(shown)}\n`;
  if (output !== 'json') throw new Fatal(`unsupported format: ${JSON.stringify(output)}`);
  return printedJson(shown);
}

function nanos(at: number | undefined): string {
  return at ? formatTime(at).replace('Z', '.000000000Z') : '0001-01-01T00:00:00Z';
}

function lookAtContainer({ config, ...container }: CriContainer): Looked {
  return {
    status: {
      annotations: config.annotations,
      createdAt: nanos(container.createdAt),
      exitCode: container.exitCode,
      finishedAt: nanos(container.finishedAt),
      id: container.id,
      image: { image: config.image },
      imageRef: container.imageRef,
      labels: config.labels,
      logPath: container.logPath,
      message: container.message,
      metadata: { attempt: config.attempt, name: config.name },
      mounts: config.mounts.map(({ containerPath, hostPath, readOnly }) => ({
        containerPath,
        hostPath,
        readonly: readOnly,
      })),
      reason: container.reason,
      startedAt: nanos(container.startedAt),
      state: container.state,
    },
    info: {
      sandboxID: container.sandboxId,
      pid: container.pid ?? 0,
      config: { command: config.command, args: config.args },
    },
  };
}

function lookAtSandbox({ config, ...sandbox }: PodSandbox): Looked {
  const { name, namespace, uid, attempt } = config;
  const own = (shared: boolean): string => (shared ? 'NODE' : 'POD');
  return {
    status: {
      annotations: config.annotations,
      createdAt: nanos(sandbox.createdAt),
      id: sandbox.id,
      labels: config.labels,
      linux: {
        namespaces: {
          options: {
            ipc: own(config.hostIpc),
            network: own(config.hostNetwork),
            pid: config.hostPid ? 'NODE' : config.sharedProcesses ? 'POD' : 'CONTAINER',
          },
        },
      },
      metadata: { attempt, name, namespace, uid },
      network: {
        additionalIps: sandbox.otherAddresses.map((ip) => ({ ip })),
        ip: sandbox.address ?? '',
      },
      runtimeHandler: '',
      state: sandbox.state,
    },
    info: {
      config: {
        metadata: { name, uid, namespace },
        hostname: config.hostname,
        log_directory: config.logDirectory,
        labels: config.labels,
        annotations: config.annotations,
      },
    },
  };
}

function statusOfImage({ id, repoTags, repoDigests, size, uid, username }: CriImage): unknown {
  return {
    id,
    pinned: false,
    repoDigests,
    repoTags,
    size: String(size),
    spec: null,
    uid: uid === undefined ? null : { value: String(uid) },
    username,
  };
}
