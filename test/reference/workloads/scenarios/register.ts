import type { Scenario } from '../scenario.js';
import { BUDGETS } from './budgets.js';
import { DEPLOYMENTS } from './deployments.js';
import { JOBS } from './jobs.js';
import { JUDGED_PODS } from './judged.js';
import { PLACEMENT } from './placement.js';
import { PREEMPTION } from './preemption.js';
import { ROLLOUTS } from './rollouts.js';
import { SETS } from './sets.js';

/** All scenarios, in the order they are recorded. */
export const SCENARIOS: readonly Scenario[] = [
  ...DEPLOYMENTS,
  ...SETS,
  ...ROLLOUTS,
  ...JOBS,
  ...BUDGETS,
  ...PLACEMENT,
  ...JUDGED_PODS,
  ...PREEMPTION,
];
