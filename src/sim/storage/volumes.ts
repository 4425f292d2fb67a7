import { expandReferences } from '../api/expansion.js';
import { isNotFound } from '../api/status.js';
import type { DownwardAPIVolumeFile, Volume, VolumeProjection } from '../api/types/volume.js';
import { isNamed } from '../kernel/libc/exists.js';
import { MINUTE, type Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { remove, writeAtomically } from './atomic-writer.js';
import { unmountBelow } from './bind-mount.js';
import { ClaimVolumes } from './claim-volumes.js';
import { memorySize, setUpEmptyDir } from './empty-dir.js';
import { aggregated, reasonOf, unprocessedWords } from './failure-words.js';
import { checkHostPath, makeFolder } from './host-path.js';
import { makeNestedMountPoints } from './nested-mounts.js';
import { giveToGroup } from './ownership.js';
import { configMapPayload, type PayloadFile, secretPayload } from './payload.js';
import { pluginOf } from './plugin-names.js';
import type { Container, MountPath, Pod, VolumeSources } from './sources.js';
import { UnattachedError, UnprocessedError, VolumeError, VolumesError } from './sources.js';
import { subPathOf } from './sub-path.js';

const MODE_DEFAULT = 0o644;
const TOKEN_SECONDS = 3600;
/** When another token is asked for again after none was to be had: a kubelet looks at a pod once a minute. */
const RETRY = MINUTE;

interface Token {
  readonly token: string;
  readonly refreshAt: Micros;
  readonly endsAt: Micros;
}

/** The volumes of one host's pods. */
export class Volumes {
  private readonly sources: VolumeSources;
  private readonly tokens = new Map<string, Token>();
  private readonly claims: ClaimVolumes;

  constructor(sources: VolumeSources) {
    this.sources = sources;
    this.claims = new ClaimVolumes(sources.sys, sources);
  }

  /** Makes or refreshes all of a pod's volumes. Throws `VolumesError` for those that fail. */
  *setUp(pod: Pod): Waiting<void> {
    const failures: string[] = [];
    const unattached: string[] = [];
    const unprocessed: UnprocessedError[] = [];
    for (const volume of pod.spec.volumes ?? []) {
      try {
        yield* this.setUpOne(pod, volume);
      } catch (error) {
        if (error instanceof UnprocessedError) {
          unprocessed.push(error);
          continue;
        }
        if (error instanceof UnattachedError) {
          unattached.push(volume.name);
          continue;
        }
        const why = reasonOf(error);
        if (why === undefined) throw error;
        const { step = 'SetUp', volume: name = volume.name } = error instanceof VolumeError ? error : {};
        const operation = step.includes('.') ? step : `MountVolume.${step}`;
        failures.push(`${operation} failed for volume ${JSON.stringify(name)} : ${why}`);
      }
    }
    if (unprocessed.length > 0) failures.push(unprocessedWords(unprocessed, unattached));
    if (failures.length > 0 || unattached.length > 0) throw new VolumesError(failures);
  }

  needsRefresh(pod: Pod): boolean {
    return (
      this.claims.isMissing(pod) ||
      this.claims.nextLook(pod) !== undefined ||
      (pod.spec.volumes ?? []).some(
        ({ configMap, secret, projected, downwardAPI }) => configMap ?? secret ?? projected ?? downwardAPI,
      )
    );
  }

  /** When the first of a pod's tokens is to be replaced, or its volumes are to be looked at again. */
  refreshAt(pod: Pod): Micros | undefined {
    const tokens = [...this.tokens].filter(([key]) => key.startsWith(`${pod.metadata.uid}/`));
    const times = [...tokens.map(([, { refreshAt }]) => refreshAt), this.claims.nextLook(pod) ?? []].flat();
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Where a container's mounts lie on the host. Throws an Error for a subPath that cannot be had. */
  mounts(pod: Pod, container: Container, variables: ReadonlyMap<string, string>): MountPath[] {
    return [...this.devices(pod, container), ...this.folders(pod, container, variables)];
  }

  /** The block devices that a container is given, as they lie on the host. */
  private devices(pod: Pod, { volumeDevices = [] }: Container): MountPath[] {
    return volumeDevices.flatMap(({ name, devicePath }) => {
      const placed = this.claims.placeOf(pod, name);
      return placed ? [{ containerPath: devicePath, hostPath: placed.folder, readOnly: false, device: true }] : [];
    });
  }

  private folders(pod: Pod, container: Container, variables: ReadonlyMap<string, string>): MountPath[] {
    return (container.volumeMounts ?? []).map((mount) => {
      const volume = pod.spec.volumes?.find(({ name }) => name === mount.name);
      if (!volume)
        throw new Error(
          `cannot find volume ${JSON.stringify(mount.name)} to mount into container ${JSON.stringify(container.name)}`,
        );
      const subPath = mount.subPathExpr ? expandPath(mount.subPathExpr, variables) : mount.subPath;
      const containerPath = absolute(mount.mountPath);
      if (volume.image)
        return { containerPath, hostPath: subPath ? `/${subPath}` : '/', readOnly: true, imageVolume: volume.name };
      const folder = this.folderOf(pod, volume);
      const hostPath = subPath ? subPathOf(this.sources.sys, folder, subPath, mount, container.name) : folder;
      const kept = volume.configMap ?? volume.secret ?? volume.projected ?? volume.downwardAPI;
      return {
        containerPath,
        hostPath,
        readOnly:
          mount.readOnly === true || kept !== undefined || this.claims.placeOf(pod, volume.name)?.readOnly === true,
      };
    });
  }

  tearDown(podUid: string): void {
    unmountBelow(this.sources.sys, `/var/lib/kubelet/pods/${podUid}/volumes`);
    remove(this.sources.sys, `/var/lib/kubelet/pods/${podUid}/volumeDevices`);
    this.claims.forget(podUid);
    for (const key of this.tokens.keys()) if (key.startsWith(`${podUid}/`)) this.tokens.delete(key);
  }

  /** Where a volume lies on the host; undefined when the pod has none of that name. */
  pathOf(pod: Pod, name: string): string | undefined {
    const volume = pod.spec.volumes?.find((other) => other.name === name);
    return volume && this.folderOf(pod, volume);
  }

  private folderOf(pod: Pod, volume: Volume): string {
    if (volume.hostPath) return volume.hostPath.path;
    const claimed = this.claims.placeOf(pod, volume.name);
    if (claimed) return claimed.folder;
    return `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~${pluginOf(volume)}/${volume.name}`;
  }

  private *setUpOne(pod: Pod, volume: Volume): Waiting<void> {
    const { sys } = this.sources;
    if (volume.image) return;
    if (volume.hostPath) {
      checkHostPath(sys, volume.hostPath.path, volume.hostPath.type);
      return;
    }
    if (yield* this.claims.setUp(pod, volume)) return;
    const folder = this.folderOf(pod, volume);
    if (volume.emptyDir) return setUpEmptyDir(sys, pod, volume.emptyDir, folder, this.sources.allocatableMemory());
    const files = yield* this.payload(pod, volume);
    if (!files) throw new VolumeError(`no volume plugin matched`);
    if (!isNamed(sys, folder)) {
      makeFolder(sys, folder, 0o755);
      // Only what a ConfigMap holds is written to the disk.
      if (volume.configMap) sys.changeMode(folder, 0o777);
      else {
        const bytes = memorySize(pod, undefined, this.sources.allocatableMemory());
        sys.fileSystem().mountMemory(folder, { bytes, mode: 0o1777 });
      }
    }
    makeNestedMountPoints(sys, pod, volume.name, folder);
    const written = writeAtomically(sys, folder, files);
    const group = pod.spec.securityContext?.fsGroup;
    if (written && group !== undefined) giveToGroup(sys, folder, group, true);
  }

  private *payload(pod: Pod, volume: Volume): Waiting<PayloadFile[] | undefined> {
    const { configMap, secret, downwardAPI, projected } = volume;
    if (configMap) {
      const { name = '', items, defaultMode = MODE_DEFAULT, optional = false } = configMap;
      return yield* this.configMapFiles(pod, name, items, defaultMode, optional);
    }
    if (secret) {
      const { secretName = '', items, defaultMode = MODE_DEFAULT, optional = false } = secret;
      return yield* this.secretFiles(pod, secretName, items, defaultMode, optional);
    }
    if (downwardAPI) return this.downwardFiles(pod, downwardAPI.items ?? [], downwardAPI.defaultMode ?? MODE_DEFAULT);
    if (!projected) return undefined;
    const files = new Map<string, PayloadFile>();
    const failures = new Set<string>();
    for (const source of projected.sources ?? []) {
      try {
        // What comes later counts where two have the same path.
        for (const file of yield* this.projected(pod, source, projected.defaultMode ?? MODE_DEFAULT))
          files.set(file.path, file);
      } catch (error) {
        const why = reasonOf(error);
        if (why === undefined) throw error;
        failures.add(why);
      }
    }
    if (failures.size > 0) throw new VolumeError(aggregated([...failures]));
    return [...files.values()];
  }

  private *projected(pod: Pod, source: VolumeProjection, mode: number): Waiting<PayloadFile[]> {
    const { configMap, secret, downwardAPI, serviceAccountToken } = source;
    if (configMap)
      return yield* this.configMapFiles(pod, configMap.name ?? '', configMap.items, mode, configMap.optional ?? false);
    if (secret) return yield* this.secretFiles(pod, secret.name ?? '', secret.items, mode, secret.optional ?? false);
    if (downwardAPI) return this.downwardFiles(pod, downwardAPI.items ?? [], mode);
    if (!serviceAccountToken) return [];
    const { audience, expirationSeconds = TOKEN_SECONDS, path } = serviceAccountToken;
    const token = yield* this.token(pod, audience, expirationSeconds);
    // Only the pod's own user may read its token, where all of its containers have the same one, and its group.
    const owner = userOf(pod);
    const isOwned = owner !== undefined || pod.spec.securityContext?.fsGroup !== undefined;
    const file = { path, bytes: Buffer.from(token, 'utf8'), mode: isOwned ? 0o600 : mode };
    return [owner === undefined ? file : { ...file, owner }];
  }

  /** A pod's token; another when it has been used for long enough, the same when there is no other and it still counts. */
  private *token(pod: Pod, audience: string | undefined, seconds: number): Waiting<string> {
    const { sys } = this.sources;
    const key = `${pod.metadata.uid}/${seconds}/${audience ?? ''}`;
    const kept = this.tokens.get(key);
    if (kept && kept.refreshAt > sys.now()) return kept.token;
    try {
      const fresh = yield* this.sources.token(pod, audience, seconds);
      this.tokens.set(key, fresh);
      return fresh.token;
    } catch (error) {
      const why = reasonOf(error);
      if (why === undefined) throw error;
      if (!kept) throw new VolumeError(`failed to fetch token: ${why}`);
      if (kept.endsAt <= sys.now())
        throw new VolumeError(`token ${tokenKey(pod, audience, seconds)} expired and refresh failed: ${why}`);
      this.tokens.set(key, { ...kept, refreshAt: Math.min(sys.now() + RETRY, kept.endsAt) });
      return kept.token;
    }
  }

  private *configMapFiles(
    pod: Pod,
    name: string,
    items: Parameters<typeof configMapPayload>[1],
    mode: number,
    optional: boolean,
  ): Waiting<PayloadFile[]> {
    try {
      const map = yield* this.sources.configMap(pod.metadata.namespace ?? '', name);
      return configMapPayload(map, items, mode, optional);
    } catch (error) {
      if (isNotFound(error) && optional) return [];
      throw error;
    }
  }

  private *secretFiles(
    pod: Pod,
    name: string,
    items: Parameters<typeof secretPayload>[1],
    mode: number,
    optional: boolean,
  ): Waiting<PayloadFile[]> {
    try {
      const secret = yield* this.sources.secret(pod.metadata.namespace ?? '', name);
      return secretPayload(secret, items, mode, optional);
    } catch (error) {
      if (isNotFound(error) && optional) return [];
      throw error;
    }
  }

  private downwardFiles(pod: Pod, items: readonly DownwardAPIVolumeFile[], defaultMode: number): PayloadFile[] {
    return items.map(({ path, fieldRef, resourceFieldRef, mode = defaultMode }) => {
      const text = fieldRef
        ? this.sources.field(pod, fieldRef.fieldPath)
        : resourceFieldRef
          ? this.sources.resourceField(pod, resourceFieldRef)
          : '';
      return { path, bytes: Buffer.from(text, 'utf8'), mode };
    });
  }
}

/** The path below a volume that a container's variables give. Throws an Error that names those that are missing. */
function expandPath(text: string, variables: ReadonlyMap<string, string>): string {
  const missing = new Set<string>();
  const path = expandReferences(text, (name) => {
    const value = variables.get(name);
    if (!value) missing.add(name);
    return value ?? '';
  });
  if (missing.size > 0) throw new Error(`missing value for ${[...missing].sort().join(', ')}`);
  return path;
}

function absolute(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

/** A token's key as kubelet's words have it. */
function tokenKey({ metadata, spec }: Pod, audience: string | undefined, seconds: number): string {
  const { name, namespace, uid } = metadata;
  const audiences = audience === undefined ? '[]string(nil)' : `[]string{${JSON.stringify(audience)}}`;
  const reference = `v1.BoundObjectReference{Kind:"Pod", APIVersion:"v1", Name:"${name}", UID:"${uid}"}`;
  const account = JSON.stringify(spec.serviceAccountName);
  return `${account}/${JSON.stringify(namespace)}/${audiences}/${seconds}/${reference}/""`;
}

/** The user of all of a pod's containers, where that is one and known (kubelet's FsUserFrom). */
function userOf({ spec }: Pod): number | undefined {
  const users = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(
    ({ securityContext }) => securityContext?.runAsUser ?? spec.securityContext?.runAsUser,
  );
  return users.every((user) => user === users[0]) ? users[0] : undefined;
}

/** Makes a host's volumes from what its agent answers. */
export function createVolumes(sources: VolumeSources): Volumes {
  return new Volumes(sources);
}
