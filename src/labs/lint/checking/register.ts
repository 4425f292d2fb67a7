import type { LabRule } from '../rule.js';
import { completeness } from './completeness.js';
import { derived } from './derived.js';
import { drawn } from './drawn.js';
import { draws } from './draws.js';
import { exam } from './exam.js';
import { guards } from './guards.js';
import { jsonPaths } from './json-paths.js';
import { markup } from './markup.js';
import { needs } from './needs.js';
import { requirements } from './requirements.js';
import { scripts } from './scripts.js';
import { world } from './world.js';

/** What a lab is held to when its author has it checked: what a learner or a proof would stumble over. */
export const CHECKING_RULES: readonly LabRule[] = [
  ...completeness,
  ...derived,
  ...drawn,
  ...draws,
  ...exam,
  ...guards,
  ...jsonPaths,
  ...markup,
  ...needs,
  ...requirements,
  ...scripts,
  ...world,
];
