import type { LabFile, Variant } from './lab.js';
import { type Draw, valueAt, valueCount } from './variants.js';

/** A step from one combination to the next that comes by very different ones. */
const STRIDE = 7919;

/** Every combination of these variants' values; where they are more than so many, so many in which every value occurs. */
export function combinations(lab: LabFile, names: readonly string[], limit: number): Draw[] {
  const variants = names.map((name) => [name, lab.spec.variants?.[name] as Variant] as const);
  const counts = variants.map(([, variant]) => valueCount(variant));
  const total = counts.reduce((product, count) => product * count, 1);
  const made = (index: (place: number) => number): Draw =>
    Object.fromEntries(variants.map(([name, variant], place) => [name, valueAt(variant, index(place))]));
  if (total <= limit) return Array.from({ length: total }, (_, number) => made(placesOf(number, counts)));
  const rotated = Array.from({ length: Math.min(limit, Math.max(...counts)) }, (_, turn) =>
    made((place) => turn % (counts[place] as number)),
  );
  const strided = Array.from({ length: limit }, (_, turn) => made(placesOf((turn * STRIDE) % total, counts)));
  return [...distinct([...rotated, ...strided])].slice(0, limit);
}

/** Where a combination stands in each variant's values; the last one changes first. */
function placesOf(number: number, counts: readonly number[]): (place: number) => number {
  let left = number;
  const places = counts.toReversed().map((count) => {
    const place = left % count;
    left = Math.floor(left / count);
    return place;
  });
  return (place) => places[counts.length - 1 - place] as number;
}

function distinct(draws: readonly Draw[]): Iterable<Draw> {
  return new Map(draws.map((draw) => [JSON.stringify(Object.entries(draw)), draw])).values();
}
