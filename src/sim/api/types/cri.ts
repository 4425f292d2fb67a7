/** The container runtime interface (k8s.io/cri-api v1): what kubelet and crictl ask, and what containerd answers. */
import type { Channel } from '../../kernel/channel.js';
import type { Frame } from '../../kernel/network.js';
import type { Micros } from '../../kernel/time.js';

/** What the processes of a pod or a container may use (LinuxContainerResources). What is left out is not limited. */
export interface CriResources {
  readonly cpuShares?: number;
  /** Microseconds in each period. */
  readonly cpuQuota?: number;
  readonly cpuPeriod?: number;
  readonly memoryLimitBytes?: number;
  readonly pidsLimit?: number | undefined;
  readonly oomScoreAdjust?: number;
  /** All processes go when one is killed for want of memory. */
  readonly oomGroup?: boolean;
}

export interface PodSandboxConfig {
  readonly name: string;
  readonly uid: string;
  readonly namespace: string;
  readonly attempt: number;
  readonly hostname: string;
  /** Where the containers' logs go. */
  readonly logDirectory: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly hostNetwork: boolean;
  /** Ports of containers that the host is to hand on. */
  readonly portMappings: readonly PortMapping[];
  readonly hostPid: boolean;
  readonly hostIpc: boolean;
  /** By their names with dots. */
  readonly sysctls: Readonly<Record<string, string>>;
  /** One of its containers is to be privileged. */
  readonly privileged: boolean;
  /** Containers of the pod see each other's processes. */
  readonly sharedProcesses: boolean;
  /** Path of the pod's control group, and its limits, which hold for all containers together. */
  readonly cgroupParent: string;
  readonly resources: CriResources;
}

/** A port of the host that leads to one of a container. */
export interface PortMapping {
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  /** Undefined: on every address of the host. */
  readonly hostAddress: string | undefined;
}

export type SandboxState = 'SANDBOX_READY' | 'SANDBOX_NOTREADY';

export interface PodSandbox {
  readonly id: string;
  readonly config: PodSandboxConfig;
  readonly state: SandboxState;
  readonly createdAt: Micros;
  /** Undefined on the host's network. */
  readonly address: string | undefined;
  /** Those of the other family. */
  readonly otherAddresses: readonly string[];
}

/** How a container is confined by seccomp or AppArmor; `path` names a profile of the node. */
export type SecurityProfile =
  | { readonly type: 'Unconfined' | 'RuntimeDefault' }
  | { readonly type: 'Localhost'; readonly path: string };

export interface CriMount {
  readonly containerPath: string;
  readonly hostPath: string;
  readonly readOnly: boolean;
  /** Id of an image that is mounted instead of the host's files; the path is one of the image then. */
  readonly image?: string;
  /** A device of the host rather than files. */
  readonly device?: true;
}

export interface CriContainerConfig {
  readonly name: string;
  readonly attempt: number;
  /** As the person wrote it. */
  readonly image: string;
  /** The image's id, as `ImageStatus` gave it. */
  readonly imageRef: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly workingDirectory: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly mounts: readonly CriMount[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Below the sandbox's log directory. */
  readonly logPath: string;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  readonly tty: boolean;
  readonly user?: number | undefined;
  /** Counts before the number. */
  readonly username?: string | undefined;
  readonly group?: number | undefined;
  readonly supplementalGroups: readonly number[];
  readonly supplementalGroupsPolicy: 'Merge' | 'Strict';
  readonly capabilities: { readonly add: readonly string[]; readonly drop: readonly string[] };
  readonly noNewPrivileges: boolean;
  readonly seccomp: SecurityProfile;
  /** Undefined: what the runtime thinks best. */
  readonly apparmor?: SecurityProfile | undefined;
  /** /proc as the kernel has it: nothing of it hidden or read-only. */
  readonly unmaskedProc: boolean;
  readonly readOnlyRoot: boolean;
  readonly privileged: boolean;
  /** The container whose process namespace it joins. */
  readonly targetId?: string | undefined;
  readonly resources: CriResources;
  readonly stopSignal?: string | undefined;
}

export type ContainerPhase = 'CONTAINER_CREATED' | 'CONTAINER_RUNNING' | 'CONTAINER_EXITED' | 'CONTAINER_UNKNOWN';

export interface CriContainer {
  readonly id: string;
  readonly sandboxId: string;
  readonly config: CriContainerConfig;
  readonly state: ContainerPhase;
  readonly createdAt: Micros;
  readonly startedAt: Micros | undefined;
  readonly finishedAt: Micros | undefined;
  readonly exitCode: number;
  /** `Completed`, `Error`, `OOMKilled`, `StartError`, `ContainerStatusUnknown`; empty while it runs. */
  readonly reason: string;
  readonly message: string;
  /** The image by its digest, `docker.io/library/nginx@sha256:…`. */
  readonly imageRef: string;
  readonly logPath: string;
  readonly pid: number | undefined;
  readonly user: { readonly uid: number; readonly gid: number; readonly supplementalGroups: readonly number[] };
}

/** Whom a pull is made as. */
export interface CriAuth {
  readonly username: string;
  readonly password: string;
}

/** What a container uses. */
export interface CriContainerStats {
  readonly id: string;
  readonly cpu: Micros;
  readonly memoryBytes: number;
  /** Bytes of the layer that it writes to. */
  readonly writableBytes: number;
}

export interface CriImage {
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  readonly size: number;
  /** A numeric user, or else a name. */
  readonly uid: number | undefined;
  readonly username: string;
}

export interface RuntimeCondition {
  readonly type: string;
  readonly status: boolean;
  readonly reason: string;
  readonly message: string;
}

export interface ContainerEvent {
  readonly containerId: string;
  readonly type: 'CREATED' | 'STARTED' | 'STOPPED' | 'DELETED';
  readonly podUid: string;
}

export interface ContainerFilter {
  readonly id?: string;
  readonly podUid?: string;
  readonly sandboxId?: string;
}

/** Frames as on an upgraded connection: 0 stdin, 1 stdout, 2 stderr, 3 the exit, 4 resize. */
export interface ExecStream {
  readonly output: Channel<Frame>;
  readonly input: Channel<Frame>;
}

type Call<Request, Response> = { readonly request: Request; readonly response: Response };
type Nothing = Readonly<Record<string, never>>;

/** Every call by name. */
export interface CriCalls {
  Version: Call<Nothing, { runtimeName: string; runtimeVersion: string; runtimeApiVersion: string }>;
  Status: Call<Nothing, { conditions: readonly RuntimeCondition[]; cniConfig: string | undefined }>;
  UpdateRuntimeConfig: Call<{ podCidr: string }, Nothing>;
  /** An empty handler is the runtime's usual one. */
  RunPodSandbox: Call<{ config: PodSandboxConfig; runtimeHandler: string }, { podSandboxId: string }>;
  StopPodSandbox: Call<{ podSandboxId: string }, Nothing>;
  RemovePodSandbox: Call<{ podSandboxId: string }, Nothing>;
  ListPodSandbox: Call<ContainerFilter, { items: readonly PodSandbox[] }>;
  CreateContainer: Call<{ podSandboxId: string; config: CriContainerConfig }, { containerId: string }>;
  StartContainer: Call<{ containerId: string }, Nothing>;
  /** Other limits for what runs. */
  UpdateContainerResources: Call<{ containerId: string; resources: CriResources }, Nothing>;
  UpdatePodSandboxResources: Call<{ podSandboxId: string; resources: CriResources }, Nothing>;
  StopContainer: Call<{ containerId: string; timeoutSeconds: number }, Nothing>;
  RemoveContainer: Call<{ containerId: string }, Nothing>;
  ListContainers: Call<ContainerFilter, { containers: readonly CriContainer[] }>;
  ReopenContainerLog: Call<{ containerId: string }, Nothing>;
  ListContainerStats: Call<ContainerFilter, { stats: readonly CriContainerStats[] }>;
  ExecSync: Call<
    { containerId: string; command: readonly string[]; timeoutSeconds: number },
    { stdout: Uint8Array; stderr: Uint8Array; exitCode: number }
  >;
  Exec: Call<
    { containerId: string; command: readonly string[]; tty: boolean; stdin: boolean; stdout: boolean; stderr: boolean },
    ExecStream
  >;
  Attach: Call<{ containerId: string; stdin: boolean; stdout: boolean; stderr: boolean; tty: boolean }, ExecStream>;
  PortForward: Call<{ podSandboxId: string; port: number }, ExecStream>;
  PullImage: Call<{ image: string; auth?: CriAuth | undefined }, { imageRef: string }>;
  ListImages: Call<Nothing, { images: readonly CriImage[] }>;
  /** `verbose` wants the configuration too, as containerd words it. */
  ImageStatus: Call<{ image: string; verbose?: boolean }, { image: CriImage | undefined; info?: unknown }>;
  RemoveImage: Call<{ image: string }, Nothing>;
  GetContainerEvents: Call<Nothing, { events: Channel<ContainerEvent> }>;
}

export type CriOperation = keyof CriCalls;
