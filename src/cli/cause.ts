import type { Command } from 'commander';
import { seededDice } from '../labs/dice.js';
import type { Lab, VariantValue } from '../labs/format/lab.js';
import {
  type Draw,
  type Drawn,
  drawVariants,
  isSeveral,
  nameOf,
  valueAt,
  valueCount,
} from '../labs/format/variants.js';
import { UsageError } from './io.js';

/** More than anybody tells apart in a line. */
const OPTIONS_SHOWN_MAX = 12;

/** Adds `--cause`, by which an author says what is to be drawn, instead of looking for a seed that draws it. */
export function causeOption(command: Command): Command {
  return command.option(
    '--cause <name=value>',
    "a variant's value, or one field of it, instead of what the seed draws; may be repeated",
    (given: string, before: readonly string[] = []) => [...before, given],
  );
}

/** What `--cause` fixes of a lab's draw. Throws with what there is to choose from. */
export function fixedDraw({ content, id }: Lab, causes: readonly string[] = []): Draw {
  const variants = content.spec.variants ?? {};
  return Object.fromEntries(
    causes.map((given) => {
      const [, name = '', field, wanted = ''] = /^([^=.]*)(?:\.([^=]*))?=(.*)$/s.exec(given) ?? [];
      const variant = Object.hasOwn(variants, name) ? variants[name] : undefined;
      if (!variant) throw new UsageError(noVariant(given, id, Object.keys(variants)));
      const values = Array.from({ length: valueCount(variant) }, (_, index) => valueAt(variant, index));
      const value = values.find((one) => isCalled(one, field, wanted));
      if (value === undefined)
        throw new UsageError(`${name} is never ${wanted}; it is one of ${choices(name, values).join(', ')}.`);
      return [name, value];
    }),
  );
}

/** The options with which `--seed` gives a draw: none for what the seed draws by itself. */
export function causeOptions({ content }: Lab, seed: string, draw: Readonly<Record<string, unknown>>): string[] {
  const drawn = drawVariants(content, seededDice(seed));
  return Object.entries(content.spec.variants ?? {}).flatMap(([name, variant]) => {
    const value = draw[name] as Drawn | undefined;
    if (value === undefined || same(value, drawn[name])) return [];
    const values = Array.from({ length: valueCount(variant) }, (_, index) => valueAt(variant, index));
    const [choice] = choices(name, values, value);
    return choice === undefined ? [] : ['--cause', choice];
  });
}

function noVariant(given: string, id: string, names: readonly string[]): string {
  if (names.length === 0) return `${id} has no variants, so that --cause ${given} chooses nothing.`;
  return `--cause ${given} names no variant of ${id}; write --cause NAME=VALUE, where NAME is ${names.join(' or ')}.`;
}

/** What is written behind --cause for these values, each shorter than its whole value where it is a map. */
function choices(name: string, all: readonly Drawn[], wanted?: Drawn): string[] {
  const values = wanted === undefined ? all : all.filter((one) => same(one, wanted));
  const texts = values.slice(0, OPTIONS_SHOWN_MAX).map((value) => choice(name, value, all));
  return values.length > OPTIONS_SHOWN_MAX ? [...texts, '…'] : texts;
}

function choice(name: string, value: Drawn, all: readonly Drawn[]): string {
  if (isSeveral(value)) return `${name}=${value.map(wordOf).join(',')}`;
  if (typeof value !== 'object') return `${name}=${value}`;
  // The first field that only this value has so.
  const fields = Object.entries(value);
  const [field, text] =
    fields.find(([key, one]) => all.filter((other) => isCalled(other, key, String(one))).length === 1) ??
    fields[0] ??
    [];
  return `${name}.${field}=${text}`;
}

function isCalled(value: Drawn, field: string | undefined, wanted: string): boolean {
  if (isSeveral(value)) return field === undefined && sorted(value.map(wordOf)) === sorted(wanted.split(','));
  if (typeof value !== 'object') return field === undefined && String(value) === wanted;
  const entries = Object.entries(value).filter(([key]) => field === undefined || key === field);
  return entries.some(([, one]) => String(one) === wanted);
}

function wordOf(value: VariantValue): string {
  return String(nameOf(value) ?? (typeof value === 'object' ? Object.values(value)[0] : value));
}

function sorted(words: readonly string[]): string {
  return [...words]
    .map((word) => word.trim())
    .sort()
    .join(',');
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
