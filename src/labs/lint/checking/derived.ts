import { evaluateExpression } from '../../../clusters/expressions.js';
import { combinations } from '../../format/combinations.js';
import { DeriveError, derivedValues } from '../../format/derive.js';
import type { LabFile } from '../../format/lab.js';
import { namesBehind, variantsBehind } from '../../format/used-names.js';
import type { Draw } from '../../format/variants.js';
import type { LabRule } from '../rule.js';

/** Combinations an expression is worked out for; beyond them it is tried with every value, not with all of the others. */
const COMBINATIONS_MAX = 10_000;

const underivedValue: LabRule = {
  name: 'underived-value',
  says: 'derived values come out, and whole where they are numbers, whatever is drawn',
  remedy: 'change the expression, or draw from values with which it comes out',
  severity: 'error',
  check({ content }, report) {
    for (const name of Object.keys(content.spec.derive ?? {})) {
      const behind = namesBehind(content, name);
      const lab = derivingOnly(content, behind);
      for (const draw of combinations(content, variantsBehind(content, name), COMBINATIONS_MAX)) {
        const wrong = deriveError(lab, draw);
        if (!wrong) continue;
        // What an earlier one does not come to is told there.
        if (wrong.derived === name) report(`spec/derive/${name}`, inWords(wrong));
        break;
      }
    }
  },
};

/** The lab with these derived values alone, so that what they need not is never worked out. */
function derivingOnly(lab: LabFile, names: ReadonlySet<string>): LabFile {
  const derive = Object.fromEntries(Object.entries(lab.spec.derive ?? {}).filter(([name]) => names.has(name)));
  return { ...lab, spec: { ...lab.spec, derive } };
}

function deriveError(lab: LabFile, draw: Draw): DeriveError | undefined {
  try {
    derivedValues(lab, draw, evaluateExpression);
    return undefined;
  } catch (error) {
    if (error instanceof DeriveError) return error;
    throw error;
  }
}

function inWords({ reason, values }: DeriveError): string {
  const given = Object.entries(values).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return given.length === 0 ? reason : `${reason}, with ${given.join(', ')}`;
}

/** Values worked out of drawn ones. */
export const derived: readonly LabRule[] = [underivedValue];
