import { nearest } from '../nearest.js';
import type { LabFile, Plain, Variant, VariantValue } from './lab.js';
import { type Draw, type Drawn, isSeveral, nameOf, valueAt, valueCount, valuesOf } from './variants.js';

/** Values that stand instead of drawn ones, or what is wrong with a choice and what there is to choose from. */
export type Chosen =
  | { readonly draw: Draw; readonly problem?: undefined }
  | { readonly draw?: undefined; readonly problem: string };

/** Values told of where there are more of them. */
const TOLD_MAX = 12;

/**
 * What a person chooses of a lab's variants: `cause=configmap/coredns`, `faults=wrong-ca,swap-on`. A value with fields is
 * named by its `name`, or by any field that no other value has the same of.
 */
export function chooseDraw({ spec: { variants = {} } }: LabFile, choices: readonly string[]): Chosen {
  const draw: Record<string, Drawn> = {};
  for (const choice of choices) {
    const [, name = '', text = ''] = /^([^=]*)=(.*)$/s.exec(choice) ?? [];
    if (name === '') return { problem: `"${choice}" is no choice; write it as variant=value` };
    const variant = Object.hasOwn(variants, name) ? variants[name] : undefined;
    if (!variant) return { problem: `There is no variant "${name}". ${whatThereIs(name, Object.keys(variants))}` };
    const value = valueCalled(variant, text);
    if (value === undefined) return { problem: `${name} is never "${text}"; it can be ${told(variant)}` };
    draw[name] = value;
  }
  return { draw };
}

/** The choices that make a lab's draw again: `cause=configmap/coredns`. Of names with a number in them there is no need. */
export function choicesFor({ spec: { variants = {} } }: LabFile, draw: Draw): string[] {
  return Object.entries(variants)
    .filter(([name, variant]) => Object.hasOwn(draw, name) && !('prefix' in variant))
    .map(([name, variant]) => `${name}=${textOf(variant, draw[name] as Drawn)}`);
}

function whatThereIs(name: string, names: readonly string[]): string {
  if (names.length === 0) return 'The lab has none.';
  const near = nearest(name, names);
  return near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`;
}

function valueCalled(variant: Variant, text: string): Drawn | undefined {
  if ('oneOf' in variant) return oneCalled(variant.oneOf, text);
  if ('number' in variant) return valuesOf(variant).find((value) => String(value) === text);
  const wanted = text.split(',').map((part) => oneCalled(variant.of, part.trim()));
  return valuesOf(variant).find(
    (several) =>
      isSeveral(several) && several.length === wanted.length && several.every((value) => wanted.includes(value)),
  );
}

function oneCalled(values: readonly VariantValue[], text: string): VariantValue | undefined {
  const named = values.find((value) => nameOf(value) !== undefined && String(nameOf(value)) === text);
  if (named !== undefined) return named;
  const having = values.filter((value) => typeof value === 'object' && Object.values(value).map(String).includes(text));
  return having.length === 1 ? having[0] : undefined;
}

function textOf(variant: Variant, drawn: Drawn): string {
  if (isSeveral(drawn)) return drawn.map((value) => textOf(variant, value)).join(',');
  const all = 'oneOf' in variant ? variant.oneOf : 'draw' in variant ? variant.of : [];
  return String(nameOf(drawn) ?? ownField(drawn, all));
}

/** A field's value that tells one value from the others. */
function ownField(value: VariantValue, all: readonly VariantValue[]): Plain {
  const fields = Object.values(value);
  return fields.find((field) => oneCalled(all, String(field)) === value) ?? (fields[0] as Plain);
}

function told(variant: Variant): string {
  if ('number' in variant) return `${valueAt(variant, 0)} to ${valueAt(variant, valueCount(variant) - 1)}`;
  const values = 'draw' in variant ? variant.of : variant.oneOf;
  const words = values.slice(0, TOLD_MAX).map((value) => textOf(variant, value));
  const more = values.length > TOLD_MAX ? ', …' : '';
  return 'draw' in variant ? `${variant.draw} of ${words.join(',')}${more}` : `${words.join(', ')}${more}`;
}
