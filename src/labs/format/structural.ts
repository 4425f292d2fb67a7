import { combinations } from './combinations.js';
import type { LabFile, Variant, When } from './lab.js';
import { variantsBehind } from './used-names.js';
import { type Draw, type Drawn, isSeveral, valueCount, valuesOf } from './variants.js';
import { applies } from './when.js';

/** The draws with which a lab is proven. What they leave out the seed draws. */
export interface DrawsToProve {
  /** Every value of every structural variant, and every condition that can hold, is in one of them. */
  readonly whole: readonly Draw[];
  /** Other combinations of the structural variants: untouched and solution are proven. */
  readonly brief: readonly Draw[];
}

/** How many combinations are proven briefly. */
const BRIEF_MAX = 40;
/** Combinations looked at to find the few that are proven. */
const CANDIDATES_MAX = 4096;
/** A number drawn out of more values than these is a name or a size: the seed draws it. */
const NUMBERS_MAX = 24;

/** The draws with which a lab is proven. The same for the same lab, at least one. */
export function drawsToProve(lab: LabFile): DrawsToProve {
  const candidates = candidateDraws(lab);
  const wanted = [...valuesWanted(lab), ...conditionsOnVariants(lab).map(holdsIn)];
  const whole: Draw[] = [];
  let open = wanted.filter((fits) => candidates.some(fits));
  while (open.length > 0) {
    const best = mostFitting(candidates, open);
    whole.push(best);
    open = open.filter((fits) => !fits(best));
  }
  if (whole.length === 0) whole.push(candidates[0] ?? {});
  return { whole, brief: spread(candidates.filter((draw) => !whole.includes(draw))) };
}

/** Every combination of the structural variants' values, as many as are looked at; the others are left to the seed. */
export function structuralDraws(lab: LabFile): Draw[] {
  return candidateDraws(lab);
}

/**
 * Variants that change what is to be done, not just what things are called: a condition names them, or a fault or a step
 * that has a condition uses them. A name with a number in it is used there as a name.
 */
export function structuralVariants(lab: LabFile): string[] {
  const decided = new Set(
    conditionsOf(lab).flatMap((when) => Object.keys(when).flatMap((path) => variantsBehind(lab, path))),
  );
  const used = new Set(
    (lab.spec.world.steps ?? [])
      .filter((step) => step.when !== undefined || 'fault' in step)
      .flatMap((step) => placeholdersIn(step).flatMap((path) => variantsBehind(lab, path))),
  );
  return Object.entries(lab.spec.variants ?? {})
    .filter(([name, variant]) => decided.has(name) || (used.has(name) && !('prefix' in variant)))
    .filter(([, variant]) => !('number' in variant) || valueCount(variant) <= NUMBERS_MAX)
    .map(([name]) => name);
}

function placeholdersIn(value: unknown): string[] {
  if (typeof value === 'string')
    return [...value.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map(([, path]) => path as string);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(placeholdersIn) : [];
}

/** Every combination, or where they are too many some that hold every value and every condition that can hold. */
function candidateDraws(lab: LabFile): Draw[] {
  const names = structuralVariants(lab);
  const draws = combinations(lab, names, CANDIDATES_MAX);
  if (draws.length < CANDIDATES_MAX) return draws;
  const variants = names.map((name) => [name, lab.spec.variants?.[name] as Variant] as const);
  const meant = conditionsOnVariants(lab)
    .map((when) => drawFor(variants, when))
    .filter((draw) => draw !== undefined);
  return [...meant, ...draws];
}

/** A combination in which a condition on variants holds. */
function drawFor(variants: readonly (readonly [string, Variant])[], when: When): Draw | undefined {
  const chosen: [string, Drawn][] = [];
  for (const [name, variant] of variants) {
    const own = Object.fromEntries(Object.entries(when).filter(([path]) => path.split('.')[0] === name));
    const drawn = valuesOf(variant).find((value) => applies(own, { [name]: value }));
    if (drawn === undefined) return undefined;
    chosen.push([name, drawn]);
  }
  return Object.fromEntries(chosen);
}

type Fits = (draw: Draw) => boolean;

/** One for each value of each structural variant; of several drawn ones, for each that can be among them. */
function valuesWanted(lab: LabFile): Fits[] {
  return structuralVariants(lab).flatMap((name): Fits[] => {
    const variant = lab.spec.variants?.[name] as Variant;
    if ('draw' in variant) return variant.of.map((value) => (draw) => isIn(value, draw[name]));
    return valuesOf(variant).map((value) => (draw) => draw[name] === value);
  });
}

function isIn(value: unknown, drawn: Drawn | undefined): boolean {
  return isSeveral(drawn) && drawn.some((one) => one === value);
}

/** Every condition of a lab. */
function conditionsOf({ spec }: LabFile): When[] {
  const found: When[] = [];
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'when' && inner !== null && typeof inner === 'object') found.push(inner as When);
      else visit(inner);
    }
  };
  visit({ ...spec, variants: undefined, derive: undefined });
  return found;
}

/** Conditions on variants; what derived values come to is not known here. */
function conditionsOnVariants(lab: LabFile): When[] {
  const derived = lab.spec.derive ?? {};
  return conditionsOf(lab).filter((when) =>
    Object.keys(when).every((path) => !Object.hasOwn(derived, path.split('.')[0] as string)),
  );
}

const holdsIn =
  (when: When): Fits =>
  (draw) =>
    applies(when, draw);

function mostFitting(draws: readonly Draw[], wanted: readonly Fits[]): Draw {
  let best = draws[0] as Draw;
  let most = -1;
  for (const draw of draws) {
    const count = wanted.reduce((sum, fits) => sum + (fits(draw) ? 1 : 0), 0);
    if (count > most) [best, most] = [draw, count];
  }
  return best;
}

/** So many of a list as are proven, evenly out of all of it. */
function spread(draws: readonly Draw[]): Draw[] {
  if (draws.length <= BRIEF_MAX) return [...draws];
  return Array.from({ length: BRIEF_MAX }, (_, at) => draws[Math.floor((at * draws.length) / BRIEF_MAX)] as Draw);
}
