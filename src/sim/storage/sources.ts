import type { ConfigMap, Secret } from '../api/types/config.js';
import type { Container, Pod } from '../api/types/pod.js';
import type { Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { ClaimSources } from './persistent-volume.js';

/** What volumes are made from, answered by the node's agent. */
export interface VolumeSources extends ClaimSources {
  readonly sys: Sys;
  configMap(namespace: string, name: string): Waiting<ConfigMap>;
  secret(namespace: string, name: string): Waiting<Secret>;
  token(
    pod: Pod,
    audience: string | undefined,
    expirationSeconds: number,
  ): Waiting<{ token: string; refreshAt: Micros; endsAt: Micros }>;
  field(pod: Pod, path: string): string;
  /** Bytes of memory that the node gives pods. */
  allocatableMemory(): number;
  resourceField(pod: Pod, reference: { containerName?: string; resource: string; divisor?: string }): string;
}

/**
 * What a volume's maker tells when it cannot be had; the caller puts before it which step failed (`SetUp`), and the
 * volume's name, which for one behind a claim is its own.
 */
export class VolumeError extends Error {
  constructor(
    message: string,
    readonly step = 'SetUp',
    readonly volume?: string,
  ) {
    super(message);
  }

  /** The same, said of a volume of this name. */
  of(volume: string): VolumeError {
    return new VolumeError(this.message, this.step, volume);
  }
}

/** A volume of a pod of which not even the source is known: its claim is missing, not bound, or another's. */
export class UnprocessedError extends Error {
  constructor(
    /** As the pod calls it. */
    readonly volume: string,
    message: string,
  ) {
    super(message);
  }
}

/** A volume that is not attached yet: its pod waits, and nothing is told. */
export class UnattachedError extends Error {}

/** Those of a pod's volumes that cannot be had, in kubelet's words: `MountVolume.SetUp failed for volume "x" : …`; none where they are only waited for. */
export class VolumesError extends Error {
  readonly failures: readonly string[];

  constructor(failures: readonly string[]) {
    super(failures[0]);
    this.failures = failures;
  }
}

/** One path of a host for a container. */
export interface MountPath {
  readonly containerPath: string;
  readonly hostPath: string;
  readonly readOnly: boolean;
  /** The volume that is an image; the path is one of the image then. */
  readonly imageVolume?: string;
  /** The path is that of a block device. */
  readonly device?: true;
}

export type { Container, Pod };
