import type { Scenario } from '../scenario.js';
import { INITS } from './inits.js';
import { LIFE } from './life.js';
import { NODE_SCENARIOS } from './node.js';
import { PROBES } from './probes.js';
import { STARTS } from './starts.js';

/** All scenarios, in the order they are recorded in. */
export const SCENARIOS: readonly Scenario[] = [...INITS, ...LIFE, ...NODE_SCENARIOS, ...PROBES, ...STARTS];
