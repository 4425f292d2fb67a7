import { isNamed, namesOf } from '../../format/names.js';
import type { LabRule } from '../rule.js';

const unknownVariant: LabRule = {
  name: 'unknown-variant',
  says: '{{name}} and when name variants or derived values of the lab, and fields that their values have',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const names = namesOf(content).join(', ');
    const visit = (value: unknown, path: string): void => {
      if (typeof value === 'string') {
        for (const [, name = ''] of value.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g))
          if (!isNamed(content, name)) report(path, `{{${name}}} is no variant of this lab`, `it has ${names}`);
      } else if (value !== null && typeof value === 'object') {
        for (const [name, inner] of Object.entries(value)) {
          const inside = `${path}/${name}`;
          if (name === 'when')
            for (const key of Object.keys(inner as object))
              if (!isNamed(content, key)) report(inside, `${key} is no variant of this lab`, `it has ${names}`);
          visit(inner, inside);
        }
      }
    };
    visit(content.spec, 'spec');
  },
};

/** Values that are put in where a lab says `{{name}}`. */
export const placeholders: readonly LabRule[] = [unknownVariant];
