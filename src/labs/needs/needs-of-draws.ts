import type { Capability } from '../../clusters/port.js';
import { seededDice } from '../dice.js';
import { expressionsFor } from '../format/derive.js';
import { instantiate } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { drawsToProve } from '../format/structural.js';
import type { Need } from './need.js';
import { reasonsOfNeeds } from './needs-of-lab.js';

/** Any seed: what it decides is how things are called. */
const SEED = '1';

/**
 * What a cluster must be able to do for a lab whatever is drawn, with the first reason for each. Throws `DeriveError`
 * where a draw cannot be made.
 */
export async function needsOfDraws(lab: Lab): Promise<readonly Need[]> {
  const evaluate = await expressionsFor(lab.content);
  const first = new Map<Capability, Need>();
  for (const fixed of lab.lesson ? [{}] : drawsToProve(lab.content).whole)
    for (const one of reasonsOfNeeds(instantiate(lab, { seed: SEED, dice: seededDice(SEED), fixed, evaluate })))
      if (!first.has(one.need)) first.set(one.need, one);
  return [...first.values()].sort((one, other) => (one.need < other.need ? -1 : 1));
}
