import { evaluateExpression } from '../../../clusters/expressions.js';
import { DeriveError, derivedValues } from '../../format/derive.js';
import type { LabFile } from '../../format/lab.js';
import { drawsToProve } from '../../format/structural.js';
import { substitute } from '../../format/substitute.js';
import { schemaProblems } from '../../format/validate.js';
import { type Draw, type Drawn, valueAt } from '../../format/variants.js';
import type { LabRule } from '../rule.js';

const unfitValue: LabRule = {
  name: 'unfit-value',
  says: 'a value put in where a lab says {{name}} is of the kind that is wanted there, whatever is drawn',
  remedy: 'draw from values that fit, or use the one that was meant',
  severity: 'error',
  check({ file, content, positions }, report) {
    const seen = new Set<string>();
    for (const draw of drawsOf(content)) {
      const values = derived(content, draw);
      if (!values) continue;
      for (const { field, message } of schemaProblems(file, drawnLab(content, values), positions)) {
        if (seen.has(field)) continue;
        seen.add(field);
        report(pathOf(field), `when values are put in: ${message}`);
      }
    }
  },
};

/** Every draw that is proven, with a value for each variant that is left to the seed. */
function drawsOf(lab: LabFile): Draw[] {
  const first = Object.fromEntries(
    Object.entries(lab.spec.variants ?? {}).map(([name, variant]): [string, Drawn] => [name, valueAt(variant, 0)]),
  );
  const { whole, brief } = drawsToProve(lab);
  return [...whole, ...brief].map((draw) => ({ ...first, ...draw }));
}

/** What does not come out is told by another rule. */
function derived(lab: LabFile, draw: Draw): Draw | undefined {
  try {
    return derivedValues(lab, draw, evaluateExpression);
  } catch (error) {
    if (error instanceof DeriveError) return undefined;
    throw error;
  }
}

function drawnLab(lab: LabFile, values: Draw): LabFile {
  const { variants: _, derive: __, ...spec } = lab.spec;
  return { ...lab, spec: substitute(spec, values, { answers: '/opt/course/1' }) };
}

/** `spec.checks[0].points` as a path: `spec/checks/0/points`. */
function pathOf(field: string): string {
  return field.replace(/\[(\d+)\]/g, '/$1').replaceAll('.', '/');
}

/** Values where they are put in. */
export const drawn: readonly LabRule[] = [unfitValue];
