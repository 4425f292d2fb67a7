import { seededDice } from '../dice.js';
import { DeriveError, expressionsFor } from '../format/derive.js';
import { type InstanceOptions, instantiate, type LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { drawsToProve } from '../format/structural.js';

/** One draw of a lab, and how much of it is proven. */
export interface ToProve {
  readonly instance: LabInstance;
  /**
   * `whole`: every case. `brief`: untouched earns nothing and the solution everything. `glance`: the same without asking
   * checks that act of an untouched world, of a lab that was proven before.
   */
  readonly extent: 'whole' | 'brief' | 'glance';
}

/** A draw that cannot be made, since a value derived of it does not come out: a mistake of the lab. */
export class UnderivedDraw extends Error {
  override readonly name = 'UnderivedDraw';

  constructor(
    readonly seed: string,
    readonly reason: DeriveError,
  ) {
    super(reason.message);
  }
}

/** What is not structural is drawn by three seeds, the last under an exam's timing. */
const SEEDS = { first: '1', second: '2', exam: '3' };

interface Drawing extends Partial<InstanceOptions> {
  readonly seed: string;
}

/**
 * The draws for which a lab is proven. Seeds after the first are those of draws that are proven anyway, where there are
 * some, for each draw needs machines of its own: draws that are proven wholly take the first and second in turn. An exam's
 * timing is left to those that are proven briefly, so that all cases hold in practice. Throws `UnderivedDraw` where one
 * cannot be made.
 */
export async function instancesToProve(lab: Lab): Promise<ToProve[]> {
  const evaluate = await expressionsFor(lab.content);
  const make = (drawing: Drawing): LabInstance => {
    try {
      return instantiate(lab, { dice: seededDice(drawing.seed), evaluate, ...drawing });
    } catch (error) {
      throw error instanceof DeriveError ? new UnderivedDraw(drawing.seed, error) : error;
    }
  };
  // A lesson draws nothing.
  if (lab.lesson) return [{ instance: make({ seed: SEEDS.first }), extent: 'whole' }];
  const { whole, brief } = drawsToProve(lab.content);
  const further: readonly Drawing[] = [
    ...(whole.length > 1 ? [] : [{ seed: SEEDS.second }]),
    { seed: SEEDS.exam, timing: 'exam' },
  ];
  const wholly = whole.map((fixed, index): Drawing => ({ seed: index % 2 === 0 ? SEEDS.first : SEEDS.second, fixed }));
  const briefly = [
    ...brief.map((fixed, index): Drawing => ({ ...(further[index] ?? { seed: SEEDS.first }), fixed })),
    ...further.slice(brief.length),
  ];
  return [
    ...wholly.map((drawing): ToProve => ({ instance: make(drawing), extent: 'whole' })),
    ...briefly.map((drawing): ToProve => ({ instance: make(drawing), extent: 'brief' })),
  ];
}
