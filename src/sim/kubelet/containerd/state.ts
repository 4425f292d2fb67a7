import type { ContainerImage } from '../../api/container-image.js';
import type {
  ContainerEvent,
  ContainerPhase,
  CriContainer,
  CriContainerConfig,
  PodSandbox,
  PodSandboxConfig,
  SandboxState,
} from '../../api/types/cri.js';
import type { Bytes } from '../../kernel/bytes.js';
import type { Cgroup } from '../../kernel/cgroup.js';
import type { Channel } from '../../kernel/channel.js';
import type { Credentials } from '../../kernel/files.js';
import type { NetworkNamespace } from '../../kernel/network.js';
import type { ContainerContext, ExitStatus, Sys } from '../../kernel/sys.js';
import type { Terminal } from '../../kernel/terminal.js';
import type { Micros } from '../../kernel/time.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { LogWriter } from './log-writer.js';

/** A pod's sandbox as the runtime keeps it. */
export interface Sandbox {
  readonly id: string;
  readonly config: PodSandboxConfig;
  readonly createdAt: Micros;
  readonly address: string | undefined;
  /** Those of the other family. */
  readonly otherAddresses: readonly string[];
  readonly network: NetworkNamespace;
  /** The pod's; its containers' are below it. */
  readonly cgroup: Cgroup;
  /** Settings of the pod's own namespaces, by their path below /proc/sys. */
  readonly sysctls: Map<string, string>;
  state: SandboxState;
  /** The system calls of its shim, the parent of all its containers' processes; undefined once that is gone. */
  shim: Sys | undefined;
  pid: number | undefined;
}

/** What listens to a container's output beside its log. */
export type OutputListener = (stream: 'stdout' | 'stderr', bytes: Bytes) => void;

/** A container as the runtime keeps it. */
export interface Container {
  readonly id: string;
  readonly sandbox: Sandbox;
  readonly config: CriContainerConfig;
  readonly image: ContainerImage;
  readonly createdAt: Micros;
  readonly logPath: string;
  readonly context: ContainerContext;
  readonly cgroup: Cgroup;
  readonly environment: ReadonlyMap<string, string>;
  readonly user: { readonly uid: number; readonly gid: number; readonly supplementalGroups: readonly number[] };
  /** Who its processes are to the kernel, with what root among them may do. */
  readonly credentials: Credentials;
  readonly listeners: Set<OutputListener>;
  /** Woken when it ends. */
  readonly ended: WaitQueue;
  state: ContainerPhase;
  startedAt: Micros | undefined;
  finishedAt: Micros | undefined;
  exitCode: number;
  reason: string;
  message: string;
  pid: number | undefined;
  terminal: Terminal | undefined;
  /** Its output while it runs. */
  log: LogWriter | undefined;
  /** Puts bytes into its standard input, or closes it; undefined when it has none. */
  stdin: ((bytes: Bytes | undefined) => void) | undefined;
}

/** All that a runtime remembers: it lies with /var/lib/containerd, so a restarted daemon finds its containers again. */
export class RuntimeState {
  readonly sandboxes = new Map<string, Sandbox>();
  readonly containers = new Map<string, Container>();
  /** By configuration digest; the names each is known by. */
  readonly images = new Map<
    string,
    { readonly image: ContainerImage; readonly tags: Set<string>; readonly digests: Set<string> }
  >();
  /** Addresses given to pods, by sandbox. */
  readonly leases = new Map<string, readonly string[]>();
  /** Where in each range the last address was taken. */
  readonly lastOffsets = new Map<string, number>();
  /** The node's share of the cluster's pod addresses, as kubelet told (UpdateRuntimeConfig): one range, or one of each family. */
  podCidr: string | undefined;
  readonly subscribers = new Set<Channel<ContainerEvent>>();

  emit(type: ContainerEvent['type'], containerId: string, podUid: string): void {
    for (const channel of this.subscribers) channel.send({ type, containerId, podUid });
  }
}

/** Where the runtime's memory is kept. */
const STATE_DIRECTORY = '/var/lib/containerd/io.containerd.metadata.v1.bolt';

/** The memory of the runtime on this host; a new one when its directory holds none. */
export function runtimeState(sys: Sys): RuntimeState {
  const files = sys.fileSystem();
  const found = files.attachment(STATE_DIRECTORY);
  if (found instanceof RuntimeState) return found;
  let at = '';
  for (const name of STATE_DIRECTORY.split('/').slice(1)) {
    at += `/${name}`;
    if (!exists(sys, at)) sys.makeDirectory(at, at === STATE_DIRECTORY ? 0o700 : 0o711);
  }
  const state = new RuntimeState();
  files.attach(STATE_DIRECTORY, state);
  return state;
}

function exists(sys: Sys, path: string): boolean {
  return sys.fileSystem().attachment(path) !== undefined || tryStat(sys, path);
}

function tryStat(sys: Sys, path: string): boolean {
  try {
    sys.stat(path);
    return true;
  } catch {
    return false;
  }
}

/** A sandbox as CRI shows it. */
export function sandboxView({ id, config, state, createdAt, address, otherAddresses }: Sandbox): PodSandbox {
  return { id, config, state, createdAt, address, otherAddresses };
}

/** A container as CRI shows it. */
export function containerView(container: Container): CriContainer {
  const { id, sandbox, config, image, state, createdAt, startedAt, finishedAt } = container;
  const { exitCode, reason, message, logPath, pid, user } = container;
  return {
    id,
    sandboxId: sandbox.id,
    config,
    state,
    createdAt,
    startedAt,
    finishedAt,
    exitCode,
    reason,
    message,
    imageRef: `${image.repository}@${image.digest}`,
    logPath,
    pid,
    user,
  };
}

const SIGNALLED = 128;

/** The exit code of a process as shells and container runtimes count it: 128 and the signal's number for a killed one. */
export function exitCodeOf(status: ExitStatus, numbers: Readonly<Record<string, number>>): number {
  return 'code' in status ? status.code : SIGNALLED + (numbers[status.signal] ?? 0);
}

/** A queue to wake those who wait for a container's end. */
export const newEnded = (): WaitQueue => new WaitQueue();
