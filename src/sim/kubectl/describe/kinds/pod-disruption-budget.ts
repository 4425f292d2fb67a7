import { formatSelectorObject } from '../../../api/labels.js';
import type { PodDisruptionBudget } from '../../../api/types/policy.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

/** Describes a disruption budget. */
export function* describePodDisruptionBudget(
  w: DescribeWriter,
  request: DescribeRequest<PodDisruptionBudget>,
): Waiting<void> {
  const { metadata, spec, status } = request.object;
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  if (spec.minAvailable !== undefined) w.field('Min available', spec.minAvailable);
  else if (spec.maxUnavailable !== undefined) w.field('Max unavailable', spec.maxUnavailable);
  w.field('Selector', spec.selector ? formatSelectorObject(spec.selector) : '<unset>');
  w.write(0, 'Status:\n');
  w.field('Allowed disruptions', status?.disruptionsAllowed ?? 0, 2);
  w.field('Current', status?.currentHealthy ?? 0, 2);
  w.field('Desired', status?.desiredHealthy ?? 0, 2);
  w.field('Total', status?.expectedPods ?? 0, 2);
  yield* describeEvents(w, request);
}
