import type { LabFile, Variant, VariantValue, When } from './lab.js';

/** The values of one draw, by variant. */
export type Draw = Readonly<Record<string, VariantValue>>;

/** A source of whole numbers below a limit, seeded. */
export interface Dice {
  below(limit: number): number;
}

/** Draws every variant; each has a sequence of its own, so that adding one does not change the others' values. */
export function drawVariants(lab: LabFile, dice: (name: string) => Dice): Draw {
  return Object.fromEntries(
    Object.entries(lab.spec.variants ?? {}).map(([name, variant]) => [
      name,
      drawOne(variant, dice(`${lab.metadata.name}/${name}`)),
    ]),
  );
}

/** All values of the structural variants, each combination once; the others are left to the seed. */
export function structuralDraws(lab: LabFile): Draw[] {
  let draws: Draw[] = [{}];
  for (const name of structuralVariants(lab)) {
    const variant = lab.spec.variants?.[name];
    if (!variant || !('oneOf' in variant)) continue;
    draws = draws.flatMap((draw) => variant.oneOf.map((value) => ({ ...draw, [name]: value })));
  }
  return draws;
}

/** Variants that change what is to be done, not just what things are called: named by a `when` or by a fault. */
export function structuralVariants(lab: LabFile): string[] {
  const named = new Set<string>();
  const visit = (value: unknown, insideFault: boolean): void => {
    if (typeof value === 'string') {
      if (insideFault) for (const match of value.matchAll(/\{\{\s*([^{}.\s]+)/g)) named.add(match[1] as string);
    } else if (value !== null && typeof value === 'object') {
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'when') for (const name of Object.keys(inner as object)) named.add(name.split('.')[0] as string);
        visit(inner, insideFault || key === 'fault');
      }
    }
  };
  visit(lab.spec, false);
  return Object.keys(lab.spec.variants ?? {}).filter((name) => named.has(name));
}

/** The value of `name` or `name.field` in a draw; undefined when there is none. */
export function drawnValue(draw: Draw, path: string): string | number | boolean | undefined {
  const [name = '', field] = path.split('.');
  const value = draw[name];
  if (field !== undefined) return typeof value === 'object' ? value[field] : undefined;
  return typeof value === 'object' ? undefined : value;
}

/** Whether a condition holds in a draw; without one it does. */
export function applies(when: When | undefined, draw: Draw): boolean {
  return Object.entries(when ?? {}).every(([path, expected]) => drawnValue(draw, path) === expected);
}

/** Puts values into every text of a structure. A text that is just one `{{name}}` becomes the value itself. */
export function substitute<T>(value: T, draw: Draw, builtIn: Readonly<Record<string, string>>): T {
  const lookUp = (path: string): unknown => builtIn[path] ?? drawnValue(draw, path);
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') return substituteText(inner, lookUp);
    if (Array.isArray(inner)) return inner.map(visit);
    if (inner !== null && typeof inner === 'object') {
      return Object.fromEntries(Object.entries(inner).map(([key, child]) => [visit(key) as string, visit(child)]));
    }
    return inner;
  };
  return visit(value) as T;
}

function substituteText(text: string, lookUp: (path: string) => unknown): unknown {
  const whole = /^\{\{\s*([^{}\s]+)\s*\}\}$/.exec(text);
  if (whole) return lookUp(whole[1] as string) ?? text;
  return text.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (match, path: string) => String(lookUp(path) ?? match));
}

function drawOne(variant: Variant, dice: Dice): VariantValue {
  if ('oneOf' in variant) return variant.oneOf[dice.below(variant.oneOf.length)] as VariantValue;
  const [first, last] = variant.number;
  return `${variant.prefix}${first + dice.below(last - first + 1)}`;
}
