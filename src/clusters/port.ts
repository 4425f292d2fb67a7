import type { FileFacts, HostFacts } from '../sim/index.js';

export type { FileFacts, HostFacts, MachineInput, Timing, WorldSpec } from '../sim/index.js';

/**
 * What a cluster can do for a lab or a check; a lab that needs more is refused before it starts. Each cluster says what it
 * has (`Cluster.capabilities`), what a lab needs is worked out of its world, its checks and what its author says.
 */
export type Capability =
  /** The API server's audit log can be set up. */
  | 'audit'
  /** Containers really run: what they print, hold and listen on can be looked at. */
  | 'containers'
  /** Another cluster that is as this one is now can be had; checks that act do so there. */
  | 'copies'
  /** Etcd is on a host of the control plane, and so are its programs: etcdctl, etcdutl. */
  | 'etcd'
  /** Once the attempt is over it may be spoiled: a check that acts may do so on the cluster itself. */
  | 'expendable'
  /** It was made with kubeadm: static pods and keys below /etc/kubernetes, kubeadm on its hosts. */
  | 'kubeadm'
  /** Containers can be made to work hard. */
  | 'load'
  /** Its nodes are machines as kubeadm's guide makes them: containerd of a package, Calico, each file where these put it. */
  | 'machines'
  /** Its nodes are the lab's: they may be drained, tainted and named, and they have the names of the lab. */
  | 'nodes'
  /** Commands and files as root on its nodes: units, processes, ports, restarts; connections from a node. */
  | 'nodes-root'
  /** NetworkPolicies hold. */
  | 'policy-enforcement'
  /** Scripts of checks and set-ups run where they can do no harm, and answers' files are found there. */
  | 'scripts'
  /** What belongs to the whole cluster, such as kube-system, may be changed. */
  | 'system'
  /** Any length of time can pass at once. */
  | 'virtual-time'
  /** The person's terminal is on the task's own host, or gets there by ssh: files of the lab are found where it says. */
  | 'workstation'
  /** Something that is installed besides, by its name among the add-ons of worlds. */
  | `addon:${string}`
  /** Something that can be broken from outside, by its name among the faults of worlds. */
  | `fault:${string}`;

export interface CommandResult {
  /** 0 to 255; 124 when the time was over; 255 with the reason in `stderr` when nothing could be started at all. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly stdin?: string | undefined;
  /** Seconds of the cluster's time; 30 when left out. */
  readonly timeoutSeconds?: number;
}

/** An API request as cluster administrator. `path` with query; `body` is sent as JSON. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
  /** The administrator acts as somebody else. */
  readonly as?: { readonly user: string; readonly groups?: readonly string[] };
}

/** `status` 0: nobody answered, `error` says why, in the client's words. */
export interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly error?: string;
  /** What the API server warns of, in its words. */
  readonly warnings?: readonly string[];
}

/** An event of a watch, as the API server sends it. After an ERROR something may have been missed. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR';
  readonly object: unknown;
}

export interface TerminalOptions {
  /** A host's name. */
  readonly host: string;
  readonly user: string;
  readonly columns: number;
  readonly rows: number;
}

/** A login shell in a terminal of the cluster, as bytes both ways. */
export interface TerminalSession {
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Output as it comes; returns what ends the subscription. */
  onOutput(listener: (bytes: Uint8Array) => void): () => void;
  /** The login shell ended, with its status. */
  onClose(listener: (status: number) => void): () => void;
  close(): void;
}

/**
 * One cluster, wherever it runs: all that labs and checks can see of it. Everything may fail with `ClusterError`
 * (gone, not answering); what the Kubernetes API or a command refuses is a result, not an error.
 */
export interface Cluster {
  readonly capabilities: ReadonlySet<Capability>;
  hosts(): Promise<readonly HostFacts[]>;
  /** The cluster's clock, microseconds since the Unix epoch. */
  now(): Promise<number>;
  request(request: ApiRequest): Promise<ApiResponse>;
  /** A command in a pod's container (the default one when left out). */
  exec(
    pod: { namespace: string; name: string; container?: string },
    argv: readonly string[],
    options?: CommandOptions,
  ): Promise<CommandResult>;
  /** A command on a host, in a login environment of the user. */
  run(host: string, user: string, argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  file(host: string, path: string): Promise<FileFacts | undefined>;
  directory(host: string, path: string): Promise<readonly string[] | undefined>;
  /**
   * Follows what a list's path names, from now on, until the returned function is called. Events come in order. Rejects
   * with the API server's words when it refuses.
   */
  watch(path: string, hears: (event: WatchEvent) => void): Promise<() => void>;
  /** Lets the cluster's time pass. */
  wait(seconds: number): Promise<void>;
  /** Waits until nothing but heartbeats changes any more; false when `secondsMax` passed first. */
  settle(secondsMax: number): Promise<boolean>;
  openTerminal(options: TerminalOptions): Promise<TerminalSession>;
  /** Another cluster that is as this one is now; only where the capability `copies` is. Whoever asked closes it. */
  copy?(): Promise<Cluster>;
  /** The namespace in which pods that try something from `default` are made instead, where that is not the lab's. */
  readonly elsewhere?: string | undefined;
  /**
   * Notes what there is, and gives what puts it back so; only where there is no `copy`. What is inside of nodes and volumes is
   * not among it.
   */
  noteState?(): Promise<PutBack>;
  close(): Promise<void>;
}

/** Puts back what was noted, as often as it is called. Throws `ClusterError` when the cluster does not tell what there is. */
export type PutBack = (how: {
  /** Somebody may have been inside of containers, so pods that others make again are made again. */
  readonly inside: boolean;
}) => Promise<{
  /** Whether there was anything to put back: then it may not be at rest. */
  readonly changed: boolean;
  /** What could not be, a sentence each. */
  readonly left: readonly string[];
}>;

/** The cluster itself failed: it is gone, does not answer, or cannot do what was asked. The message says what to do. */
export class ClusterError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClusterError';
  }
}

/** A path cannot be followed; the message is the API server's. */
export class WatchRefusedError extends Error {}

/** Names of the ready-made worlds a lab can ask for. */
export const WORLD_NAMES: readonly string[] = ['empty', 'single-node', 'test-cmd', 'three-node'];
