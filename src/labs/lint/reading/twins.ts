import type { LabRule } from '../rule.js';

const twinValue: LabRule = {
  name: 'twin-value',
  says: 'each value of a choice is there once',
  remedy: 'take one away',
  severity: 'error',
  check({ content: { spec } }, report) {
    for (const [name, variant] of Object.entries(spec.variants ?? {})) {
      if (!('oneOf' in variant)) continue;
      const texts = variant.oneOf.map((value) => JSON.stringify(value));
      texts.forEach((text, index) => {
        if (texts.indexOf(text) < index) report(`spec/variants/${name}/oneOf/${index}`, `${text} is there already`);
      });
    }
  },
};

const twinVariant: LabRule = {
  name: 'twin-variant',
  says: 'the names of variants and derived values differ by more than capitals',
  remedy: 'rename one of them',
  severity: 'error',
  check({ content: { spec } }, report) {
    const seen = new Map([['answers', 'answers']]);
    for (const part of ['variants', 'derive'] as const)
      for (const name of Object.keys(spec[part] ?? {})) {
        const twin = seen.get(name.toLowerCase());
        if (twin !== undefined && twin !== name) report(`spec/${part}/${name}`, `there is ${twin} already`);
        seen.set(name.toLowerCase(), name);
      }
  },
};

/** What must not be there twice. */
export const twins: readonly LabRule[] = [twinValue, twinVariant];
