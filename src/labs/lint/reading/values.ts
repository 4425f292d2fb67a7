import type { Handful, LabFile, Variant } from '../../format/lab.js';
import { nameOf, valueCount } from '../../format/variants.js';
import type { LabRule } from '../rule.js';

const nothingToDraw: LabRule = {
  name: 'nothing-to-draw',
  says: 'a variant can be drawn: its last number is not below the first, and its exclusions leave enough values',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    eachVariant(content, (variant, path) => {
      if ('number' in variant) {
        const [first, last] = variant.number;
        if (last < first) report(`${path}/number`, `${last} is below ${first}`, 'write the lower number first');
      } else if ('draw' in variant && variant.draw > variant.of.length) {
        report(`${path}/draw`, `of ${variant.of.length} values ${variant.draw} are drawn`, 'draw fewer, or add values');
      } else if (valueCount(variant) === 0) {
        report(path, 'the values that are never together leave none to draw', 'draw fewer, or exclude less');
      }
    });
  },
};

const unknownExclusion: LabRule = {
  name: 'unknown-exclusion',
  says: 'never_together names values of its own list',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    eachHandful(content, (variant, path) => {
      const names = variant.of.map(nameOf).filter((name) => name !== undefined);
      variant.never_together?.forEach((group, index) => {
        for (const name of group)
          if (!names.includes(name))
            report(`${path}/never_together/${index}`, `${name} is none of the values`, `they are ${names.join(', ')}`);
      });
    });
  },
};

const namelessValue: LabRule = {
  name: 'nameless-value',
  says: 'values of which several are drawn have names, each its own',
  remedy: 'give each map in the list a `name` that no other has',
  severity: 'error',
  check({ content }, report) {
    eachHandful(content, ({ of }, path) => {
      const names = of.map(nameOf);
      names.forEach((name, index) => {
        if (name === undefined) report(`${path}/of/${index}`, 'this value has no name');
        else if (names.indexOf(name) < index) report(`${path}/of/${index}`, `another value is called ${name} too`);
      });
    });
  },
};

const nameTaken: LabRule = {
  name: 'name-taken',
  says: 'a derived value has a name that no variant has, and neither is called `answers`, which every lab has',
  remedy: 'choose another name',
  severity: 'error',
  check({ content: { spec } }, report) {
    const variants = spec.variants ?? {};
    for (const name of Object.keys(spec.derive ?? {}))
      if (Object.hasOwn(variants, name)) report(`spec/derive/${name}`, `a variant is called ${name} already`);
    for (const where of ['variants', 'derive'] as const)
      if (Object.hasOwn(spec[where] ?? {}, 'answers'))
        report(`spec/${where}/answers`, "{{answers}} is the answers' folder in every lab");
  },
};

function eachVariant({ spec }: LabFile, visit: (variant: Variant, path: string) => void): void {
  for (const [name, variant] of Object.entries(spec.variants ?? {})) visit(variant, `spec/variants/${name}`);
}

function eachHandful(lab: LabFile, visit: (variant: Handful, path: string) => void): void {
  eachVariant(lab, (variant, path) => {
    if ('draw' in variant) visit(variant, path);
  });
}

/** What variants and derived values are made of. */
export const values: readonly LabRule[] = [nameTaken, namelessValue, nothingToDraw, unknownExclusion];
