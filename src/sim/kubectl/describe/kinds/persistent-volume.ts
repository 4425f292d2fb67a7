import { shortModes } from '../../../api/kinds/persistent-volume.js';
import { isJsonObject, type JsonObject } from '../../../api/object.js';
import type { NodeSelectorTerm } from '../../../api/types/scheduling.js';
import type { PersistentVolume } from '../../../api/types/storage.js';
import { classOfVolume } from '../../../api/volumes/claims.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { describeSource } from '../volumes.js';
import { type DescribeWriter, since } from '../writer.js';

/** Describes a persistent volume. */
export function* describePersistentVolume(
  w: DescribeWriter,
  request: DescribeRequest<PersistentVolume>,
): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status } = object;
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  w.field('StorageClass', classOfVolume(object));
  const { deletionTimestamp: going } = metadata;
  w.field('Status', going ? `Terminating (lasts ${since(going, session.now())})` : (status?.phase ?? ''));
  w.field('Claim', spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : '');
  w.field('Reclaim Policy', spec.persistentVolumeReclaimPolicy ?? '');
  w.field('Access Modes', shortModes(spec.accessModes));
  if (spec.volumeMode !== undefined) w.field('VolumeMode', spec.volumeMode);
  w.field('Capacity', spec.capacity?.['storage'] ?? '0');
  describeAffinity(w, spec.nodeAffinity?.required?.nodeSelectorTerms);
  w.field('Message', status?.message ?? '');
  w.write(0, 'Source:\n');
  if (spec.local) {
    w.field('Type', 'LocalVolume (a persistent volume backed by local storage on a node)', 2);
    w.field('Path', spec.local.path, 2);
  } else if (isJsonObject(spec.csi)) describeDriver(w, spec.csi);
  else describeSource(w, spec as JsonObject);
  yield* describeEvents(w, request);
}

function describeAffinity(w: DescribeWriter, terms: readonly NodeSelectorTerm[] | undefined): void {
  if (!terms) return w.field('Node Affinity', '<none>');
  w.field('Node Affinity', '');
  if (terms.length === 0) return w.field('Required Terms', '<none>', 1);
  w.field('Required Terms', '', 1);
  for (const [at, { matchExpressions = [] }] of terms.entries()) {
    if (matchExpressions.length === 0) w.field(`Term ${at}`, '<none>', 2);
    matchExpressions.forEach(({ key, operator, values = [] }, index) => {
      const text = `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;
      if (index === 0) w.field(`Term ${at}`, text, 2);
      else w.write(2, `\t${text}\n`);
    });
  }
}

/** Attributes are indented once more for each line, as kubectl does. */
function describeDriver(w: DescribeWriter, csi: JsonObject): void {
  w.field('Type', 'CSI (a Container Storage Interface (CSI) volume source)', 2);
  w.field('Driver', csi['driver'], 2);
  w.field('FSType', csi['fsType'] ?? '', 2);
  w.field('VolumeHandle', csi['volumeHandle'] ?? '', 2);
  w.field('ReadOnly', csi['readOnly'] === true, 2);
  const attributes = Object.entries((csi['volumeAttributes'] ?? {}) as Record<string, string>);
  const lines = attributes.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `    ${key}=${value}`);
  if (lines.length === 0) return w.field('VolumeAttributes', '<none>', 2);
  lines.forEach((line, index) => {
    if (index === 0) w.field('VolumeAttributes', line, 2);
    else w.write(4, `\t${line}\n`);
  });
}
