import { lacking } from '../../clusters/capabilities.js';
import type { Capability } from '../../clusters/port.js';
import { OFFERS } from '../../clusters/real/offers.js';
import type { Need } from './need.js';

/** Whether a lab runs on clusters of a kind, as far as can be told without one. */
export interface Runs {
  readonly runs: boolean;
  /** What they lack for it, with what of the lab asks for that. */
  readonly because: readonly string[];
  /** What the cluster at hand must have, where not every one does. */
  readonly if: readonly Capability[];
}

/** Where a lab runs, by what is written after `--cluster`. */
export interface RunsOn {
  readonly sim: true;
  readonly kind: Runs;
  readonly context: Runs;
}

/** Where a lab runs that has these needs. */
export function whereItRuns(needs: readonly Need[]): RunsOn {
  return { sim: true, kind: runsOn('kind', needs), context: runsOn('context', needs) };
}

function runsOn(name: keyof typeof OFFERS, needs: readonly Need[]): Runs {
  const { capabilities, perhaps } = OFFERS[name];
  const all = needs.map(({ need }) => need);
  const lacks = new Set(lacking(all, capabilities));
  return {
    runs: lacks.size === 0,
    because: needs.filter(({ need }) => lacks.has(need)).map(({ need, because }) => `${need}: ${because}`),
    if: lacks.size === 0 ? all.filter((need) => perhaps.has(need)) : [],
  };
}
