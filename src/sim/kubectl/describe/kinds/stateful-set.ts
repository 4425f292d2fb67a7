import { formatSelectorObject } from '../../../api/labels.js';
import type { StatefulSet, StatefulSetSpec } from '../../../api/types/workloads.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { TemplateLike } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { podCounts } from '../pod-counts.js';
import { describePodTemplate } from '../pod-template.js';
import { type DescribeWriter, longTime } from '../writer.js';

const CLASS_ANNOTATION = 'volume.beta.kubernetes.io/storage-class';

/** Describes a stateful set. */
export function* describeStatefulSet(w: DescribeWriter, request: DescribeRequest<StatefulSet>): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status } = object;
  const selector = formatSelectorObject(spec.selector);
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.field('Selector', selector);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Replicas', `${spec.replicas ?? 1} desired | ${status?.replicas ?? 0} total`);
  w.field('Update Strategy', spec.updateStrategy?.type ?? '');
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) {
    w.field('Partition', partition, 1);
    if (maxUnavailable !== undefined) w.field('MaxUnavailable', maxUnavailable, 1);
  }
  w.field('Pods Status', yield* podCounts(session, object, selector));
  describePodTemplate(w, spec.template as unknown as TemplateLike);
  describeClaimTemplates(w, spec.volumeClaimTemplates ?? []);
  yield* describeEvents(w, request);
}

function describeClaimTemplates(
  w: DescribeWriter,
  templates: NonNullable<StatefulSetSpec['volumeClaimTemplates']>,
): void {
  if (templates.length === 0) return w.field('Volume Claims', '<none>');
  w.write(0, 'Volume Claims:\n');
  for (const { metadata, spec } of templates) {
    w.field('Name', metadata?.name ?? '', 1);
    w.field('StorageClass', metadata?.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName ?? '', 1);
    w.labels('  Labels', metadata?.labels);
    w.labels('  Annotations', metadata?.annotations);
    w.field('Capacity', spec?.resources?.requests?.['storage'] ?? '<default>', 1);
    w.field('Access Modes', `[${(spec?.accessModes ?? []).join(' ')}]`, 1);
  }
}
