import type { LabRule } from '../rule.js';
import { derived } from './derived.js';
import { guards } from './guards.js';

/** What a lab is held to when its author has it checked: what a learner or a proof would stumble over. */
export const CHECKING_RULES: readonly LabRule[] = [...derived, ...guards];
