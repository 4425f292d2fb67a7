import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolume, PersistentVolumeClaim, PersistentVolumeClaimStatus } from '../../api/types/storage.js';
import type { ApiClient } from '../../client/client.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Recorder } from '../context.js';

/** Writes that a claim has all that its volume has, and that nothing of it is left to do (MarkFSResizeFinished). */
export function* finishResize(
  client: ApiClient,
  recorder: Recorder,
  node: string,
  pod: Pod,
  { claim, volume }: { readonly claim: PersistentVolumeClaim; readonly volume: PersistentVolume },
): Waiting<void> {
  const { allocatedResources: _, allocatedResourceStatuses: __, conditions = [], ...before } = claim.status ?? {};
  const left = conditions.filter(({ type }) => type !== 'FileSystemResizePending' && type !== 'Resizing');
  const status: PersistentVolumeClaimStatus = {
    ...before,
    ...(volume.spec.capacity ? { capacity: volume.spec.capacity } : {}),
    ...(left.length > 0 ? { conditions: left } : {}),
    ...(claim.spec.resources?.requests ? { allocatedResources: claim.spec.resources.requests } : {}),
  };
  yield* client.update(RESOURCES.persistentVolumeClaims, { ...claim, status }, { subresource: 'status' });
  const words = `MountVolume.NodeExpandVolume succeeded for volume "${volume.metadata.name}" ${node}`;
  const { name = '', namespace = '', uid = '' } = claim.metadata;
  recorder.event(pod, 'Normal', 'FileSystemResizeSuccessful', words);
  const reference = { kind: 'PersistentVolumeClaim', apiVersion: 'v1', name, namespace, uid };
  recorder.event(reference, 'Normal', 'FileSystemResizeSuccessful', words);
}
