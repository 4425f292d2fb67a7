import type { CSIPersistentVolumeSource, PersistentVolume } from '../api/types/storage.js';
import type { Volume } from '../api/types/volume.js';
import { isErrno } from '../kernel/errno.js';
import type { FileType } from '../kernel/files.js';
import type { Sys } from '../kernel/sys.js';
import { MINUTE, type Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { bindMount } from './bind-mount.js';
import { blockDevice, placeCsiBlock } from './block-volume.js';
import { expandCsi, placeCsi } from './csi-volume.js';
import { reasonOf } from './failure-words.js';
import { checkHostPath } from './host-path.js';
import { mountNfs } from './nfs.js';
import { giveToGroup } from './ownership.js';
import { type ClaimSources, checkAffinity, claimedVolume } from './persistent-volume.js';
import type { Pod } from './sources.js';
import { UnattachedError, VolumeError } from './sources.js';

/** A kubelet looks at a running pod about once a minute. */
const LOOK = MINUTE;

/** Where a volume is on the host, ready to be put into containers. */
export interface Placed {
  readonly folder: string;
  readonly readOnly: boolean;
}

/** The volumes of one host's pods that are behind claims, or on a server. */
export class ClaimVolumes {
  /** By the pod's uid and the volume's name: once there, a volume is not asked for again. */
  private readonly placed = new Map<string, Placed>();
  /** When a volume that can become larger is looked at next. */
  private readonly looks = new Map<string, Micros>();

  constructor(
    private readonly sys: Sys,
    private readonly sources: ClaimSources,
  ) {}

  /** Makes a pod's volume if it is one of these. Throws `UnprocessedError`, and `VolumeError` with the volume's own name. */
  *setUp(pod: Pod, source: Volume): Waiting<boolean> {
    if (source.nfs) {
      const folder = folderOf(pod, 'nfs', source.name);
      return yield* mountNfs(this.sys, source.nfs, folder, source.nfs.readOnly ? ['ro'] : []);
    }
    if (!source.persistentVolumeClaim && !source.ephemeral) return false;
    if (this.placed.has(keyOf(pod, source.name))) {
      yield* this.lookAgain(pod, source);
      return true;
    }
    const found = yield* claimedVolume(this.sources, pod, source);
    if (!found) return false;
    const { volume, readOnly } = found;
    try {
      if (volume.spec.csi) yield* this.untilAttached(pod, volume.spec.csi);
      checkAffinity(this.sources, volume);
      this.placed.set(keyOf(pod, source.name), yield* this.place(pod, volume, readOnly));
      if (volume.spec.csi) this.looks.set(keyOf(pod, source.name), this.sys.now());
    } catch (error) {
      if (error instanceof VolumeError) throw error.of(volume.metadata.name ?? '');
      throw error;
    }
    return true;
  }

  /** Where a volume is; undefined for one that is none of these, or is not there. */
  placeOf(pod: Pod, name: string): Placed | undefined {
    return this.placed.get(keyOf(pod, name));
  }

  /** When a pod's volumes are to be looked at again: one of a driver may have become larger. */
  nextLook(pod: Pod): Micros | undefined {
    const looks = (pod.spec.volumes ?? []).flatMap(({ name }) => this.looks.get(keyOf(pod, name)) ?? []);
    return looks.length === 0 ? undefined : Math.min(...looks);
  }

  private *lookAgain(pod: Pod, source: Volume): Waiting<void> {
    const key = keyOf(pod, source.name);
    const due = this.looks.get(key);
    if (due === undefined || this.sys.now() < due) return;
    this.looks.set(key, this.sys.now() + LOOK);
    const found = yield* claimedVolume(this.sources, pod, source);
    if (found && (yield* expandCsi(this.sys, this.sources, found))) yield* this.sources.resized(pod, found);
  }

  /** Whether a claim of a pod has not been looked at: a kubelet that starts anew knows of none. */
  isMissing(pod: Pod): boolean {
    const behindClaims = (pod.spec.volumes ?? []).filter((volume) => volume.persistentVolumeClaim ?? volume.ephemeral);
    return behindClaims.some(({ name }) => !this.placed.has(keyOf(pod, name)));
  }

  forget(podUid: string): void {
    for (const map of [this.looks, this.placed])
      for (const key of map.keys()) if (key.startsWith(`${podUid}/`)) map.delete(key);
  }

  private *place(pod: Pod, volume: PersistentVolume, readOnly: boolean): Waiting<Placed> {
    const { hostPath, local, nfs, csi, mountOptions = [] } = volume.spec;
    if (mountOptions.length > 0 && !nfs && !local && !csi)
      throw new VolumeError('Mount options are not supported for this volume type', 'MountOptionSupport check');
    if (hostPath) {
      checkHostPath(this.sys, hostPath.path, hostPath.type);
      return { folder: hostPath.path, readOnly };
    }
    const isBlock = volume.spec.volumeMode === 'Block';
    if (csi && isBlock) return yield* placeCsiBlock(this.sys, this.sources, pod, volume);
    if (csi) return yield* placeCsi(this.sys, this.sources, pod, volume, readOnly);
    if (local && isBlock) return { folder: blockDevice(this.sys, local.path), readOnly };
    if (local) return this.placeLocal(pod, volume, local.path, readOnly);
    if (nfs) {
      const folder = folderOf(pod, 'nfs', volume.metadata.name ?? '');
      const only = readOnly || nfs.readOnly ? ['ro'] : [];
      return yield* mountNfs(this.sys, nfs, folder, [...only, ...mountOptions]);
    }
    throw new VolumeError('no volume plugin matched', 'FindPluginBySpec');
  }

  private *untilAttached(pod: Pod, csi: CSIPersistentVolumeSource): Waiting<void> {
    let attached: boolean;
    try {
      attached = yield* this.sources.attached(pod, csi);
    } catch (error) {
      const why = reasonOf(error);
      if (why === undefined) throw error;
      throw new VolumeError(why, 'WaitForAttach');
    }
    if (!attached) throw new UnattachedError();
  }

  /** A folder of the node that somebody made before; its pods share the group that the first of them asked for. */
  private placeLocal(pod: Pod, volume: PersistentVolume, path: string, readOnly: boolean): Placed {
    const type = typeOf(this.sys, path);
    const fail = (why: string) => new VolumeError(why, 'NewMounter initialization');
    if (type === undefined) throw fail(`path ${JSON.stringify(path)} does not exist`);
    if (type !== 'directory') throw fail('only directory and block device are supported');
    const folder = folderOf(pod, 'local-volume', volume.metadata.name ?? '');
    bindMount(this.sys, path, folder, readOnly);
    const group = pod.spec.securityContext?.fsGroup;
    if (group !== undefined && !readOnly) giveToGroup(this.sys, path, group, false);
    return { folder, readOnly };
  }
}

function keyOf({ metadata }: Pod, name: string): string {
  return `${metadata.uid}/${name}`;
}

function folderOf({ metadata }: Pod, plugin: string, name: string): string {
  return `/var/lib/kubelet/pods/${metadata.uid}/volumes/kubernetes.io~${plugin}/${name}`;
}

function typeOf(sys: Sys, path: string): FileType | undefined {
  try {
    return sys.stat(path).type;
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
