/** snapshot.storage.k8s.io/v1, the custom kinds of external-snapshotter. */
import type { KubeObject } from '../object.js';

export interface VolumeSnapshotClass extends KubeObject {
  driver: string;
  deletionPolicy: string;
  parameters?: Record<string, string>;
}

export interface VolumeSnapshot extends KubeObject {
  spec: {
    source: { persistentVolumeClaimName?: string; volumeSnapshotContentName?: string };
    volumeSnapshotClassName?: string;
  };
  status?: {
    boundVolumeSnapshotContentName?: string;
    creationTime?: string;
    readyToUse?: boolean;
    restoreSize?: string;
    error?: SnapshotFailure;
  };
}

/** What went wrong with a snapshot, and when. */
interface SnapshotFailure {
  time?: string;
  message?: string;
}

export interface VolumeSnapshotContent extends KubeObject {
  spec: {
    deletionPolicy: string;
    driver: string;
    source: { volumeHandle?: string; snapshotHandle?: string };
    sourceVolumeMode?: string;
    volumeSnapshotClassName?: string;
    volumeSnapshotRef: {
      apiVersion?: string;
      kind?: string;
      name?: string;
      namespace?: string;
      uid?: string;
      resourceVersion?: string;
    };
  };
  status?: {
    snapshotHandle?: string;
    /** Nanoseconds since 1970. */
    creationTime?: number;
    /** Bytes. */
    restoreSize?: number;
    readyToUse?: boolean;
    error?: SnapshotFailure;
  };
}
