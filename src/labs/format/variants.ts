import type { Handful, LabFile, NumberRange, Plain, Variant, VariantValue } from './lab.js';

/** What was drawn, or worked out, for one name: a value, or several. */
export type Drawn = VariantValue | readonly VariantValue[];

/** The values of one draw, by variant. */
export type Draw = Readonly<Record<string, Drawn>>;

/** A source of whole numbers below a limit, seeded. */
export interface Dice {
  below(limit: number): number;
}

/** Draws every variant; each has a sequence of its own, so that adding one does not change the others' values. */
export function drawVariants(lab: LabFile, dice: (name: string) => Dice): Draw {
  return Object.fromEntries(
    Object.entries(lab.spec.variants ?? {}).map(([name, variant]) => [
      name,
      valueAt(variant, dice(`${lab.metadata.name}/${name}`).below(valueCount(variant))),
    ]),
  );
}

/** How many values a variant can have. None where its exclusions leave nothing to draw. */
export function valueCount(variant: Variant): number {
  if ('oneOf' in variant) return variant.oneOf.length;
  if ('draw' in variant) return handfuls(variant).length;
  const [first, last] = variant.number;
  return Math.floor((last - first) / (variant.step ?? 1)) + 1;
}

/** One of a variant's values, counted from 0. */
export function valueAt(variant: Variant, index: number): Drawn {
  if ('oneOf' in variant) return variant.oneOf[index] as VariantValue;
  if ('draw' in variant) return handfuls(variant)[index] as readonly VariantValue[];
  return numberAt(variant, index);
}

/** All of a variant's values, in order. */
export function valuesOf(variant: Variant): Drawn[] {
  return Array.from({ length: valueCount(variant) }, (_, index) => valueAt(variant, index));
}

/** What a value is called where one word must do: a map by its `name`; undefined for a map without one. */
export function nameOf(value: VariantValue): Plain | undefined {
  if (typeof value !== 'object') return value;
  return Object.hasOwn(value, 'name') ? value['name'] : undefined;
}

/** A list apart from a map, which TypeScript cannot tell where the list is read-only. */
export function isSeveral(drawn: Drawn | undefined): drawn is readonly VariantValue[] {
  return Array.isArray(drawn);
}

function numberAt({ prefix, number: [first], step }: NumberRange, index: number): Plain {
  const number = first + index * (step ?? 1);
  return prefix === undefined ? number : `${prefix}${number}`;
}

const known = new WeakMap<Handful, readonly (readonly VariantValue[])[]>();

/** Everything that may be drawn: so many different ones, of each excluded group at most one. */
function handfuls(variant: Handful): readonly (readonly VariantValue[])[] {
  let all = known.get(variant);
  if (!all) {
    all = choose(variant, 0, []);
    known.set(variant, all);
  }
  return all;
}

function choose(variant: Handful, from: number, taken: readonly VariantValue[]): (readonly VariantValue[])[] {
  if (taken.length === variant.draw) return [taken];
  return variant.of
    .slice(from, variant.of.length - (variant.draw - taken.length) + 1)
    .flatMap((value, offset) =>
      taken.some((other) => excluded(variant, other, value))
        ? []
        : choose(variant, from + offset + 1, [...taken, value]),
    );
}

function excluded({ never_together: groups = [] }: Handful, one: VariantValue, other: VariantValue): boolean {
  const [first, second] = [nameOf(one), nameOf(other)];
  return (
    first !== undefined &&
    second !== undefined &&
    groups.some((group) => group.includes(first) && group.includes(second))
  );
}
