import { formatLabels, formatSelectorObject } from '../../../api/labels.js';
import type { DaemonSet } from '../../../api/types/workloads.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { TemplateLike } from '../../workload/pod-spec.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { podCounts } from '../pod-counts.js';
import { describePodTemplate } from '../pod-template.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a daemon set. */
export function* describeDaemonSet(w: DescribeWriter, request: DescribeRequest<DaemonSet>): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status } = object;
  const selector = formatSelectorObject(spec.selector);
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.field('Selector', selector);
  w.field('Node-Selector', formatLabels(spec.template.spec.nodeSelector ?? {}));
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.write(0, `Desired Number of Nodes Scheduled: ${status?.desiredNumberScheduled ?? 0}\n`);
  w.write(0, `Current Number of Nodes Scheduled: ${status?.currentNumberScheduled ?? 0}\n`);
  w.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status?.updatedNumberScheduled ?? 0}\n`);
  w.write(0, `Number of Nodes Scheduled with Available Pods: ${status?.numberAvailable ?? 0}\n`);
  w.write(0, `Number of Nodes Misscheduled: ${status?.numberMisscheduled ?? 0}\n`);
  w.field('Pods Status', yield* podCounts(session, object, selector));
  describePodTemplate(w, spec.template as unknown as TemplateLike);
  yield* describeEvents(w, request);
}
