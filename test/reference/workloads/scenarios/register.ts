import type { Scenario } from '../scenario.js';
import { ATTACHMENTS } from './attachments.js';
import { BINDING } from './binding.js';
import { BUDGETS } from './budgets.js';
import { DEPLOYMENTS } from './deployments.js';
import { JOBS } from './jobs.js';
import { JUDGED_PODS } from './judged.js';
import { MIRRORED } from './mirrored.js';
import { NEAR } from './near.js';
import { PLACEMENT } from './placement.js';
import { PREEMPTION } from './preemption.js';
import { RANGES } from './ranges.js';
import { ROLLOUTS } from './rollouts.js';
import { SCALING } from './scaling.js';
import { SCALING_MEASURED } from './scaling-measured.js';
import { SERVICES } from './services.js';
import { SETS } from './sets.js';
import { STORAGE } from './storage.js';

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
  ...BINDING,
  ...STORAGE,
  ...SCALING,
  ...SCALING_MEASURED,
  ...SERVICES,
  ...MIRRORED,
  ...NEAR,
  ...RANGES,
  ...ATTACHMENTS,
];
