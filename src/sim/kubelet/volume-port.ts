import type { ConfigMap, Secret } from '../api/types/config.js';
import type { Node } from '../api/types/node.js';
import type { Container, Pod } from '../api/types/pod.js';
import type { CSIPersistentVolumeSource, PersistentVolume, PersistentVolumeClaim } from '../api/types/storage.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';

/** What volumes are made from; kubelet answers. Getters throw `StatusError`, or an Error in kubelet's words. */
export interface VolumeSources {
  readonly sys: Sys;
  configMap(namespace: string, name: string): Waiting<ConfigMap>;
  secret(namespace: string, name: string): Waiting<Secret>;
  /** A service account's token for a pod, with the instants at which it should be replaced and at which it ends. */
  token(
    pod: Pod,
    audience: string | undefined,
    expirationSeconds: number,
  ): Waiting<{ token: string; refreshAt: Micros; endsAt: Micros }>;
  /** A claim, and a volume, as the API server has them now. */
  claim(namespace: string, name: string): Waiting<PersistentVolumeClaim>;
  persistentVolume(name: string): Waiting<PersistentVolume>;
  /** Where a CSI driver of the node is asked; undefined for one that is not registered. */
  csiEndpoint(driver: string): string | undefined;
  /** Wants a driver's volume attached for a pod; tells whether it is. Throws an Error for an attachment that is not as it should be. */
  attached(pod: Pod, csi: CSIPersistentVolumeSource): Waiting<boolean>;
  /** Tells that a claim's file system has become as large as its volume. */
  resized(pod: Pod, what: { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume }): Waiting<void>;
  /** The node, as far as it is known. */
  node(): Node | undefined;
  field(pod: Pod, path: string): string;
  /** Bytes of memory that the node gives pods. */
  allocatableMemory(): number;
  resourceField(pod: Pod, reference: { containerName?: string; resource: string; divisor?: string }): string;
}

/** One mount of a container, ready for the runtime. */
export interface VolumeMountPath {
  readonly containerPath: string;
  readonly hostPath: string;
  readonly readOnly: boolean;
  /** The volume that is an image; the path is one of the image then. */
  readonly imageVolume?: string;
  /** The path is that of a block device. */
  readonly device?: true;
}

/**
 * What a pod sees in its mounts: made and kept current below `/var/lib/kubelet/pods/UID`. Implemented in `storage/`.
 */
export interface VolumePort {
  /**
   * Makes, or brings up to date, all of a pod's volumes. Throws an Error with `failures`, one for each that fails
   * (`MountVolume.SetUp failed for volume "x" : …`), none when some are not attached yet, and nothing else is wrong.
   */
  setUp(pod: Pod): Waiting<void>;
  /** Whether something in the pod's volumes follows an object that may change. */
  needsRefresh(pod: Pod): boolean;
  /** When a pod's volumes are to be brought up to date though nothing has changed: for a token's sake. */
  refreshAt(pod: Pod): Micros | undefined;
  /** Where a container's mounts lie. Throws an Error for a subPath that cannot be had. */
  mounts(pod: Pod, container: Container, variables: ReadonlyMap<string, string>): VolumeMountPath[];
  /** Where a volume of a pod lies on the host; undefined when it has none of that name. */
  pathOf(pod: Pod, volume: string): string | undefined;
  /** Takes the volumes of a pod away that had this UID. */
  tearDown(podUid: string): void;
}

/** Makes a host's volumes. */
export type VolumeFactory = (sources: VolumeSources) => VolumePort;
