import { evaluateExpression } from '../../../clusters/expressions.js';
import { DeriveError, derivedValues } from '../../format/derive.js';
import type { LabFile, When } from '../../format/lab.js';
import { namesOf } from '../../format/names.js';
import { structuralDraws } from '../../format/structural.js';
import { namesBehind } from '../../format/used-names.js';
import { type Draw, valueAt } from '../../format/variants.js';
import { applies } from '../../format/when.js';
import type { LabRule } from '../rule.js';
import { textsIn } from '../texts.js';

const unusedVariant: LabRule = {
  name: 'unused-variant',
  says: 'each variant and derived value is used',
  remedy: 'use it, or take it away',
  severity: 'error',
  check({ content }, report) {
    const used = new Set<string>();
    for (const { text } of textsIn({ ...content.spec, derive: undefined }, ''))
      for (const [, name = ''] of text.matchAll(/\{\{\s*([^{}\s.]+)[^{}]*\}\}/g)) used.add(name);
    for (const { when } of conditionsOf(content)) for (const path of Object.keys(when)) used.add(firstOf(path));
    // A derived value that nothing uses does not make the values it is worked out of used ones.
    for (const name of [...used]) for (const behind of namesBehind(content, name)) used.add(behind);
    for (const part of ['variants', 'derive'] as const)
      for (const name of Object.keys(content.spec[part] ?? {}))
        if (!used.has(name)) report(`spec/${part}/${name}`, `nothing uses ${name}`);
  },
};

const deadCondition: LabRule = {
  name: 'dead-when',
  says: 'each when can hold',
  remedy: 'write a value that can be drawn',
  severity: 'error',
  check({ content }, report) {
    const values = valuesOf(content);
    // Where a draw cannot be made, that is told; what would hold in it nobody knows.
    if (values.length < drawsOf(content).length) return;
    for (const { path, when } of conditionsOf(content)) {
      if (!values.some((draw) => applies(when, draw))) report(path, `${JSON.stringify(when)} holds in no draw`);
    }
  },
};

const unevenPoints: LabRule = {
  name: 'uneven-points',
  says: 'every draw has the same total of points',
  remedy: 'change the points, or under which when they are earned',
  severity: 'error',
  check({ content }, report) {
    const totals = new Map<number, Draw>();
    for (const draw of valuesOf(content)) {
      const total = content.spec.checks
        .filter(({ when }) => applies(when, draw))
        .reduce((sum, { points }) => sum + (points ?? 0), 0);
      if (!totals.has(total)) totals.set(total, draw);
    }
    const [[least, one] = [0, {}], [most, other] = [0, {}]] = [...totals];
    if (totals.size > 1)
      report('spec/checks', `${least} points with ${namedIn(content, one)}, ${most} with ${namedIn(content, other)}`);
  },
};

const noSolution: LabRule = {
  name: 'no-solution',
  says: 'in every draw there is a part of the solution',
  remedy: 'add a part for it, or one without when',
  severity: 'error',
  check({ content }, report) {
    const without = valuesOf(content).find((draw) => !content.spec.solution.some(({ when }) => applies(when, draw)));
    if (without) report('spec/solution', `nothing solves ${namedIn(content, without)}`);
  },
};

const absentCheck: LabRule = {
  name: 'absent-check',
  says: 'what a mistake fails is there whenever the mistake is',
  remedy: 'give the mistake the when of the check',
  severity: 'error',
  check({ content: { spec }, content }, report) {
    const values = valuesOf(content);
    spec.mistakes?.forEach(({ when, fails }, index) => {
      for (const draw of values.filter((one) => applies(when, one))) {
        const absent = fails.find((id) => !spec.checks.some((check) => check.id === id && applies(check.when, draw)));
        if (absent === undefined) continue;
        report(`spec/mistakes/${index}/fails`, `${absent} is no check with ${namedIn(content, draw)}`);
        return;
      }
    });
  },
};

/** What must be so however a lab is drawn. */
export const draws: readonly LabRule[] = [unusedVariant, deadCondition, unevenPoints, noSolution, absentCheck];

const firstOf = (path: string): string => path.split('.')[0] as string;

/** Every combination of what is structural, with the first value of all else. */
function drawsOf(lab: LabFile): Draw[] {
  const others = Object.entries(lab.spec.variants ?? {}).map(([name, variant]) => [name, valueAt(variant, 0)] as const);
  const first = Object.fromEntries(others);
  return structuralDraws(lab).map((draw) => ({ ...first, ...draw }));
}

/** The same with derived values, as far as they can be worked out. */
function valuesOf(lab: LabFile): Draw[] {
  return drawsOf(lab).flatMap((draw) => {
    try {
      return [derivedValues(lab, draw, evaluateExpression)];
    } catch (error) {
      if (!(error instanceof DeriveError)) throw error;
      return [];
    }
  });
}

/** The values of a draw that conditions name, in words. */
function namedIn(lab: LabFile, draw: Draw): string {
  const deciding = new Set(conditionsOf(lab).flatMap(({ when }) => Object.keys(when).map(firstOf)));
  const told = namesOf(lab).flatMap((name) =>
    deciding.has(name) && name in draw ? [`${name} ${JSON.stringify(draw[name])}`] : [],
  );
  return told.join(' and ') || 'any draw';
}

function conditionsOf({ spec }: LabFile): { readonly path: string; readonly when: When }[] {
  const found: { path: string; when: When }[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'when') found.push({ path: `${path}/when`, when: inner as When });
      else visit(inner, `${path}/${name}`);
    }
  };
  visit({ ...spec, variants: undefined, derive: undefined }, 'spec');
  return found;
}
