import type { LabFile } from '../../format/lab.js';
import type { LabRule } from '../rule.js';

/** Names that every lab has beside its variants. */
const BUILT_IN = ['answers'];

const unknownVariant: LabRule = {
  name: 'unknown-variant',
  says: '{{name}} and when name variants of the lab, and fields that their values have',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const names = [...Object.keys(content.spec.variants ?? {}), ...BUILT_IN].join(', ');
    const visit = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        for (const [, name = ''] of value.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g))
          if (!isKnown(content, name)) report(path, `{{${name}}} is no variant of this lab`, `it has ${names}`);
      } else if (value !== null && typeof value === 'object') {
        for (const [name, inner] of Object.entries(value)) {
          const inside = `${path}/${name}`;
          if (name === 'when')
            for (const key of Object.keys(inner as object))
              if (!isKnown(content, key)) report(inside, `${key} is no variant of this lab`, `it has ${names}`);
          visit(inner, inside);
        }
      }
    };
    visit(content.spec, 'spec');
  },
};

/** Whether a lab has a variant, or one whose values have such a field. */
function isKnown({ spec }: LabFile, name: string): boolean {
  const [first = '', second] = name.split('.');
  if (BUILT_IN.includes(first)) return second === undefined;
  const variant = spec.variants?.[first];
  if (!variant || second === undefined) return variant !== undefined;
  return 'oneOf' in variant && variant.oneOf.some((value) => typeof value === 'object' && second in value);
}

/** Values that are put in where a lab says `{{name}}`. */
export const placeholders: readonly LabRule[] = [unknownVariant];
