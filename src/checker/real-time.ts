import type { Cluster } from '../clusters/port.js';
import { kindOf, subjectsIn } from './checks/register.js';
import { START_SECONDS_MAX } from './probe-pods.js';
import type { Check } from './rubric.js';

/**
 * For how many real seconds a check may have to wait beyond what looking takes: for what it asks, and for pods that it
 * has made. Not at all where time passes at will.
 */
export function realSecondsWaited({ capabilities }: Pick<Cluster, 'capabilities'>, check: Check): number {
  if (capabilities.has('virtual-time')) return 0;
  return subjectsIn(check).reduce((sum, { subject }) => {
    const { touches, waits } = kindOf(subject);
    return sum + (waits ? waits(subject) : 0) + (touches === 'acts' || touches === undefined ? 0 : START_SECONDS_MAX);
  }, 0);
}
