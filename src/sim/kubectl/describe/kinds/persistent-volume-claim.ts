import { shortModes } from '../../../api/kinds/persistent-volume.js';
import type { Pod } from '../../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../../api/types/storage.js';
import { classOfClaim } from '../../../api/volumes/claims.js';
import { RESOURCES } from '../../../client/resource-types.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { type DescribeWriter, longTime, since } from '../writer.js';

/** Describes a persistent volume claim, with the pods that use it. */
export function* describePersistentVolumeClaim(
  w: DescribeWriter,
  request: DescribeRequest<PersistentVolumeClaim>,
): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status = {} } = object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('StorageClass', classOfClaim(object));
  const { deletionTimestamp: going } = metadata;
  w.field('Status', going ? `Terminating (lasts ${since(going, session.now())})` : (status.phase ?? ''));
  w.field('Volume', spec.volumeName ?? '');
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Finalizers', `[${(metadata.finalizers ?? []).join(' ')}]`);
  w.field('Capacity', spec.volumeName ? (status.capacity?.['storage'] ?? '0') : '');
  w.field('Access Modes', spec.volumeName ? shortModes(status.accessModes) : '');
  if (spec.volumeMode !== undefined) w.field('VolumeMode', spec.volumeMode);
  if (spec.dataSource) {
    w.write(0, 'DataSource:\n');
    if (spec.dataSource.apiGroup) w.field('APIGroup', spec.dataSource.apiGroup, 1);
    w.field('Kind', spec.dataSource.kind, 1);
    w.field('Name', spec.dataSource.name, 1);
  }
  w.list('Used By', yield* usersOf(request));
  describeConditions(w, status.conditions ?? []);
  yield* describeEvents(w, request);
}

/** Pods that name the claim, and the one it was made for. */
function* usersOf({ session, object }: DescribeRequest<PersistentVolumeClaim>): Waiting<string[]> {
  const { name, namespace = '', ownerReferences = [] } = object.metadata;
  const { items } = yield* session.rest().list<Pod>(RESOURCES.pods, namespace, { limit: '500' });
  const owners = ownerReferences.filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid);
  const uses = ({ metadata, spec }: Pod) =>
    owners.includes(metadata.uid ?? '') ||
    spec.volumes?.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
  return items
    .filter(uses)
    .map(({ metadata }) => metadata.name ?? '')
    .sort();
}

function describeConditions(
  w: DescribeWriter,
  conditions: NonNullable<NonNullable<PersistentVolumeClaim['status']>['conditions']>,
): void {
  if (conditions.length === 0) return;
  w.write(0, 'Conditions:\n');
  w.write(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage\n');
  w.write(1, '----\t------\t-----------------\t------------------\t------\t-------\n');
  for (const { type, status, lastProbeTime, lastTransitionTime, reason = '', message = '' } of conditions) {
    const times = `${longTime(lastProbeTime)} \t${longTime(lastTransitionTime)}`;
    w.write(1, `${type} \t${status} \t${times} \t${reason} \t${message}\n`);
  }
}
