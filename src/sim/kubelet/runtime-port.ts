import type { ContainerImage, ImageRegistry } from '../api/container-image.js';
import type { PortMapping } from '../api/types/cri.js';
import type { Cgroup } from '../kernel/cgroup.js';
import type { FileSystem } from '../kernel/files.js';
import type { NetworkNamespace } from '../kernel/network.js';
import type { KubeletTiming } from './timing.js';

/** A path of the host, or of an image, as a container sees it. */
export interface BindMount {
  readonly containerPath: string;
  readonly hostPath: string;
  readonly readOnly: boolean;
  /** Instead of the host's files, those of this image. */
  readonly image?: ContainerImage;
  /** A block device of the host rather than files. */
  readonly device?: true;
}

/** What a container's file tree is made of. */
export interface RootSpec {
  readonly containerId: string;
  readonly image: ContainerImage;
  /** In the order they are mounted. */
  readonly mounts: readonly BindMount[];
  readonly readOnly: boolean;
  /** The process space that /proc shows: `ContainerContext.processes`. */
  readonly processes: string;
  /** Settings below /proc/sys that differ from the host's, and whether they may be changed there. */
  readonly settings: { readonly values: ReadonlyMap<string, string>; readonly writable: boolean };
  /** The control group that /sys/fs/cgroup shows. */
  readonly cgroup: Cgroup;
}

/**
 * What a container runtime needs of the machine it is on and no system call gives: namespaces and file trees are made
 * by other rooms. One for each host; filled in where the parts are put together.
 */
export interface RuntimePort {
  readonly registry: ImageRegistry;
  readonly timing: KubeletTiming;
  /** The process space of the host itself, for pods that share it. */
  readonly hostProcesses: string;
  /** The control group of the host that all others are below. */
  readonly cgroups: Cgroup;
  /** A layer over the image's shared base, with the mounts, /proc, /sys and /dev in it. Throws Errno when a mount cannot be made. */
  buildRoot(spec: RootSpec): FileSystem;
  /** A network namespace of a pod (`namespace/name`) on this host. */
  addNetwork(pod: string, addresses: readonly string[]): NetworkNamespace;
  removeNetwork(network: NetworkNamespace): void;
  /** Opens ports of the host for a sandbox at an address, or with none closes them. */
  openHostPorts(sandbox: string, address: string, ports: readonly PortMapping[]): void;
  /** Tells whose interfaces and routes the host's pods have, once a plugin made some. */
  notePlugin(name: string): void;
  /** Which addresses are this host's pods' (for routes): called when kubelet learns the node's podCIDRs. */
  setPodRanges(ranges: readonly string[]): void;
}
