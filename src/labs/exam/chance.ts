import { seededDice } from '../dice.js';

/** Draws of one seed, one after another. */
export interface Chance {
  below(limit: number): number;
  /** A place in a queue: whoever weighs more stands further ahead on average, as if drawn by weight without return. */
  place(weight: number): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}

const FINE = 2 ** 32;

export function chances(seed: string): Chance {
  const dice = seededDice(seed);
  let draws = 0;
  const below = (limit: number): number => {
    draws += 1;
    return dice(String(draws)).below(limit);
  };
  return {
    below,
    place: (weight) => -Math.log((below(FINE) + 1) / (FINE + 1)) / weight,
    shuffled: (items) => {
      const rest = [...items];
      return items.map(() => rest.splice(below(rest.length), 1)[0] as (typeof rest)[number]);
    },
  };
}
