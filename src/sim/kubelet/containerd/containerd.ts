import { formatMicroTime } from '../../api/time.js';
import type { ContainerEvent, ContainerFilter, CriCalls, CriOperation } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { encodeText } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import { notifyManager } from '../../kernel/libc/notify.js';
import { ownSocket } from '../../kernel/libc/own-socket.js';
import type { Message, RequestHandler } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { RuntimePort } from '../runtime-port.js';
import { changeLimits } from './cgroups.js';
import { readCni } from './cni.js';
import { Containers } from './containers.js';
import { Execution } from './exec.js';
import { imageInfo } from './image-info.js';
import { ImageStore } from './images.js';
import { forwardPort } from './port-forward.js';
import { Sandboxes } from './sandboxes.js';
import { containerView, runtimeState, sandboxView } from './state.js';

/** The version that nodes present. */
const CONTAINERD_VERSION = '2.1.4';
/** Options that are followed by their value. */
const VALUED = /^(?:-[acl]|--(?:address|config|log-level|root|state))$/;
const SOCKET = '/run/containerd/containerd.sock';

type Handlers = {
  readonly [Name in CriOperation]: (
    request: CriCalls[Name]['request'],
  ) => CriCalls[Name]['response'] | Waiting<CriCalls[Name]['response']>;
};

/** containerd: serves CRI on its socket. What its host gives it comes by the port. */
export function createContainerd(port: RuntimePort): Program {
  return function* containerd(sys) {
    const answered = yield* answerWords(sys);
    if (answered !== undefined) return answered;
    if (sys.credentials.uid !== 0) {
      yield* sys.write(2, 'containerd: must be run as root\n');
      return 1;
    }
    const parts = assemble(sys, port);
    makeRunDirectory(sys);
    ownSocket(sys, SOCKET, { application: 'local', handler: serve(parts.handlers) });
    yield* notifyManager(sys, 'READY=1');
    log(
      sys,
      'starting containerd',
      ` revision=75cb2b7193e4e490e9fbdc236c0e811ccaba3376 version=v${CONTAINERD_VERSION}`,
    );
    log(sys, 'serving...', ` address=${SOCKET}`);
    log(sys, 'containerd successfully booted in 0.031415s');
    const stopped = new WaitQueue();
    sys.onSignal('TERM', 'catch');
    try {
      for (;;) yield stopped;
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      return 0;
    } finally {
      for (const channel of parts.subscribers) channel.close();
      parts.subscribers.clear();
    }
  };
}

/** Answers what is no wish for a daemon, with its exit status; a second daemon would take the first one's socket. */
function* answerWords(sys: Sys): Waiting<number | undefined> {
  const words = sys.args.slice(1);
  if (words.includes('--version') || words.includes('-v')) {
    yield* sys.write(
      1,
      `containerd github.com/containerd/containerd/v2 v${CONTAINERD_VERSION} 75cb2b7193e4e490e9fbdc236c0e811ccaba3376\n`,
    );
    return 0;
  }
  const [command] = words.filter((word, at) => !word.startsWith('-') && !VALUED.test(words[at - 1] ?? ''));
  if (command === undefined) return undefined;
  yield* sys.write(2, `containerd: ${command} is not simulated here\n`);
  return 1;
}

function assemble(sys: Sys, port: RuntimePort): { handlers: Handlers; subscribers: Set<Channel<ContainerEvent>> } {
  const state = runtimeState(sys);
  const random = sys.random();
  const newId = () => Buffer.from(random.bytes(32)).toString('hex');
  const images = new ImageStore(sys, port, state);
  const sandboxes = new Sandboxes(sys, port, state, images, newId);
  const containers = new Containers(sys, port, state, images, newId);
  const execution = new Execution(sys, containers, newId);
  sandboxes.recover();
  containers.recover();
  const matches = (filter: ContainerFilter, id: string, sandboxId: string, podUid: string) =>
    (filter.id === undefined || id.startsWith(filter.id)) &&
    (filter.sandboxId === undefined || sandboxId.startsWith(filter.sandboxId)) &&
    (filter.podUid === undefined || filter.podUid === podUid);
  const handlers: Handlers = {
    Version: () => ({
      runtimeName: 'containerd',
      runtimeVersion: `v${CONTAINERD_VERSION}`,
      runtimeApiVersion: 'v1',
    }),
    Status: () => runtimeStatus(sys),
    UpdateRuntimeConfig: ({ podCidr }) => {
      state.podCidr = podCidr;
      port.setPodRanges(podCidr.split(','));
      return {};
    },
    *RunPodSandbox({ config, runtimeHandler }) {
      return { podSandboxId: yield* sandboxes.run(config, runtimeHandler) };
    },
    *StopPodSandbox({ podSandboxId }) {
      for (const { id, sandbox } of [...state.containers.values()])
        if (sandbox.id === podSandboxId) yield* containers.stop(id, 0);
      yield* sandboxes.stop(podSandboxId);
      return {};
    },
    *RemovePodSandbox({ podSandboxId }) {
      yield* sandboxes.remove(podSandboxId);
      return {};
    },
    ListPodSandbox: (filter) => ({
      items: [...state.sandboxes.values()]
        .filter(({ id, config }) => matches(filter, id, id, config.uid))
        .map(sandboxView),
    }),
    CreateContainer: ({ podSandboxId, config }) => ({ containerId: containers.create(podSandboxId, config) }),
    *StartContainer({ containerId }) {
      yield* containers.start(containerId);
      return {};
    },
    UpdateContainerResources({ containerId, resources }) {
      changeLimits(containers.find(containerId).cgroup, resources);
      return {};
    },
    UpdatePodSandboxResources({ podSandboxId, resources }) {
      const sandbox = state.sandboxes.get(podSandboxId);
      if (sandbox) changeLimits(sandbox.cgroup, resources);
      return {};
    },
    *StopContainer({ containerId, timeoutSeconds }) {
      yield* containers.stop(containerId, timeoutSeconds);
      return {};
    },
    *RemoveContainer({ containerId }) {
      yield* containers.remove(containerId);
      return {};
    },
    ListContainers: (filter) => ({
      containers: [...state.containers.values()]
        .filter(({ id, sandbox }) => matches(filter, id, sandbox.id, sandbox.config.uid))
        .map(containerView),
    }),
    ReopenContainerLog: ({ containerId }) => {
      containers.reopenLog(containerId);
      return {};
    },
    ListContainerStats: (filter) => ({
      stats: [...state.containers.values()]
        .filter(({ id, sandbox }) => matches(filter, id, sandbox.id, sandbox.config.uid))
        .map(({ id, cgroup, context }) => ({
          id,
          cpu: cgroup.cpu,
          memoryBytes: cgroup.memory,
          writableBytes: context.files.mounts()[0]?.own ?? 0,
        })),
    }),
    ExecSync: (request) => execution.sync(request),
    Exec: (request) => execution.stream(request),
    Attach: (request) => execution.attach(request),
    *PortForward({ podSandboxId, port: number }) {
      const sandbox = state.sandboxes.get(podSandboxId);
      if (!sandbox)
        throw new CriError(`failed to find sandbox ${JSON.stringify(podSandboxId)} in store: not found`, 'NotFound');
      return yield* forwardPort(sys, sandbox, number);
    },
    *PullImage({ image, auth }) {
      return { imageRef: (yield* images.pull(image, auth)).id };
    },
    ListImages: () => ({ images: images.list() }),
    ImageStatus: ({ image, verbose }) => {
      const found = images.find(image);
      if (!found) return { image: undefined };
      return { image: images.view(found), ...(verbose ? { info: imageInfo(found) } : {}) };
    },
    RemoveImage: ({ image }) => {
      images.remove(image);
      return {};
    },
    GetContainerEvents: () => {
      const events = new Channel<ContainerEvent>();
      state.subscribers.add(events);
      return { events };
    },
  };
  return { handlers, subscribers: state.subscribers };
}

function runtimeStatus(sys: Sys): CriCalls['Status']['response'] {
  const cni = readCni(sys);
  return {
    conditions: [
      { type: 'RuntimeReady', status: true, reason: '', message: '' },
      cni
        ? { type: 'NetworkReady', status: true, reason: '', message: '' }
        : {
            type: 'NetworkReady',
            status: false,
            reason: 'NetworkPluginNotReady',
            message: 'Network plugin returns error: cni plugin not initialized',
          },
    ],
    cniConfig: cni?.name,
  };
}

/** Turns messages into calls; a refusal goes back as text that begins with its code. */
function serve(handlers: Handlers): RequestHandler {
  return function* (message): Waiting<Message> {
    if (message.kind !== 'local') return { kind: 'local-response', error: 'unknown message' };
    const handler = handlers[message.operation as CriOperation] as ((request: unknown) => unknown) | undefined;
    if (!handler)
      return { kind: 'local-response', error: `unknown method ${message.operation} for service runtime.v1` };
    try {
      const result = handler(message.payload);
      const payload = isGenerator(result) ? yield* result : result;
      return { kind: 'local-response', payload };
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      return {
        kind: 'local-response',
        error: error.code === 'Unknown' ? error.message : `${error.code}: ${error.message}`,
      };
    }
  };
}

function isGenerator(value: unknown): value is Waiting<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && 'next' in value;
}

function makeRunDirectory(sys: Sys): void {
  for (const path of ['/run', '/run/containerd']) {
    try {
      sys.makeDirectory(path, 0o711);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}

/** A line as containerd logs, in logfmt; without anybody to read it, it is lost. */
function log(sys: Sys, message: string, fields = ''): void {
  const line = `time="${formatMicroTime(sys.now())}" level=info msg="${message}"${fields}\n`;
  try {
    sys.openFile(2).tryWrite(encodeText(line));
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
