import type { Micros } from '../../kernel/time.js';

/** A file system as kubelet's summary tells it; bytes and inodes. */
export interface FileSystemStats {
  readonly capacityBytes: number;
  readonly availableBytes: number;
  readonly usedBytes: number;
  readonly inodes: number;
  readonly inodesFree: number;
}

export interface MemoryStats {
  readonly availableBytes: number;
  readonly workingSetBytes: number;
}

export interface ContainerStats {
  readonly name: string;
  readonly startedAt: Micros;
  readonly cpu: Micros;
  readonly memoryBytes: number;
  /** Of the layer it writes to, and of its logs. */
  readonly rootBytes: number;
  readonly logBytes: number;
}

export interface PodStats {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly startedAt: Micros;
  readonly cpu: Micros;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Bytes of local volumes by name. */
  readonly volumes: ReadonlyMap<string, number>;
  /** Containers, logs and local volumes together. */
  readonly ephemeralBytes: number;
  readonly containers: readonly ContainerStats[];
}

/** All that kubelet knows of what its node uses (stats summary). */
export interface NodeStats {
  readonly at: Micros;
  readonly bootedAt: Micros;
  readonly cpu: Micros;
  readonly memory: MemoryStats;
  /** Of all pods together, against what they may use. */
  readonly podsMemory: MemoryStats;
  readonly podsCpu: Micros;
  readonly fs: FileSystemStats;
  readonly imageBytes: number;
  readonly processes: { readonly max: number; readonly running: number };
  readonly pods: ReadonlyMap<string, PodStats>;
}
