import { seededDice } from '../dice.js';
import { expressionsFor } from '../format/derive.js';
import { type InstanceOptions, instantiate, type LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { drawsToProve } from '../format/structural.js';

/** One draw of a lab, and how much of it is proven. */
export interface ToProve {
  readonly instance: LabInstance;
  /** `whole`: every case. `brief`: untouched earns nothing and the solution everything. */
  readonly extent: 'whole' | 'brief';
}

/** The first seed is that of all structural draws; the others draw everything anew, the last under an exam's timing. */
const SEEDS = { first: '1', second: '2', exam: '3' };

/** The draws for which a lab is proven. */
export async function instancesToProve(lab: Lab): Promise<ToProve[]> {
  const evaluate = await expressionsFor(lab.content);
  const make = (seed: string, options: Partial<InstanceOptions> = {}): LabInstance =>
    instantiate(lab, { seed, dice: seededDice(seed), evaluate, ...options });
  const { whole, brief } = drawsToProve(lab.content);
  return [
    ...whole.map((fixed): ToProve => ({ instance: make(SEEDS.first, { fixed }), extent: 'whole' })),
    ...[
      ...brief.map((fixed) => make(SEEDS.first, { fixed })),
      make(SEEDS.second),
      make(SEEDS.exam, { timing: 'exam' }),
    ].map((instance): ToProve => ({ instance, extent: 'brief' })),
  ];
}
