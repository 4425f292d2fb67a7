import { formatLabels } from '../../../api/labels.js';
import type { ReplicationController } from '../../../api/types/workloads.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { TemplateLike } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { podCounts } from '../pod-counts.js';
import { describePodTemplate } from '../pod-template.js';
import type { DescribeWriter } from '../writer.js';
import { describeConditions } from './deployment.js';

/** Describes a replication controller. */
export function* describeReplicationController(
  w: DescribeWriter,
  request: DescribeRequest<ReplicationController>,
): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status } = object;
  const selector = formatLabels(spec.selector);
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('Selector', selector);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Replicas', `${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`);
  w.field('Pods Status', yield* podCounts(session, object, selector));
  describePodTemplate(w, spec.template as unknown as TemplateLike);
  describeConditions(w, status?.conditions);
  yield* describeEvents(w, request);
}
