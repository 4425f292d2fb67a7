import { type BaselineReference, baselineKey, readValues } from '../baseline.js';
import { deepEqual, describeValue, type Verdict } from '../condition.js';
import { firstDifferent } from '../difference.js';
import { objectRef } from '../object-ref.js';
import { UndecidedError } from '../objects.js';
import { refName } from '../reference.js';
import { flag, list, strings } from '../schema/words.js';
import type { CheckKind } from '../subject.js';

interface UnchangedSubject {
  readonly unchanged: readonly (BaselineReference & {
    /** Only that the values are the same set; which object has which does not matter. */
    readonly set?: boolean;
  })[];
}

type Values = Readonly<Record<string, readonly unknown[]>>;

/** Fields of objects are as they were when the task began. */
export const unchanged: CheckKind<UnchangedSubject> = {
  field: 'unchanged',
  schema: list(
    objectRef(
      {
        paths: strings('JSONPaths whose values must be as they were.'),
        set: flag('Whether only the set of values counts, not which object has which.'),
      },
      ['paths'],
    ),
    'What must be as it was when the task began.',
  ),
  references: ({ unchanged: references }) => references,
  async judge({ unchanged: references }, { objects, baseline }) {
    for (const reference of references) {
      const before = baseline[baselineKey(reference)];
      if (!before || Object.keys(before).length === 0)
        throw new UndecidedError(`nothing was known of ${refName(reference)} when the task began`);
      const after = await readValues(reference, objects);
      const difference = reference.set ? setDifference(before, after) : firstDifference(before, after, reference.paths);
      if (difference) return { passed: false, ...difference };
    }
    const names = references.map(refName).join(', ');
    return { passed: true, expected: 'as it was', found: `${names} as it was` };
  },
};

function firstDifference(before: Values, after: Values, paths: readonly string[]): Omit<Verdict, 'passed'> | undefined {
  for (const [name, values] of Object.entries(before)) {
    const now = after[name];
    if (!now) return { expected: `${name} as it was`, found: `${name} is gone` };
    const index = values.findIndex((value, position) => !deepEqual(value, now[position]));
    if (index >= 0) {
      const { path, one, other } = firstDifferent(values[index], now[index]);
      const where = `${name} ${paths[index]}${path}`;
      return { expected: `${where} = ${describe(one)}`, found: `${where} = ${describe(other)}` };
    }
  }
  const added = Object.keys(after).find((name) => !(name in before));
  return added === undefined
    ? undefined
    : { expected: `no more than ${Object.keys(before).length} of them`, found: `${added} is new` };
}

function setDifference(before: Values, after: Values): Omit<Verdict, 'passed'> | undefined {
  const texts = (values: Values): string[] =>
    Object.values(values)
      .map((value) => JSON.stringify(value))
      .sort();
  if (deepEqual(texts(before), texts(after))) return undefined;
  const lost = Object.keys(before).filter((name) => !texts(after).includes(JSON.stringify(before[name])));
  const added = Object.keys(after).filter((name) => !texts(before).includes(JSON.stringify(after[name])));
  return {
    expected: lost.length > 0 ? `${lost.join(', ')} as it was` : 'nothing new',
    found: added.length > 0 ? `${added.join(', ')} instead` : 'gone',
  };
}

function describe(value: unknown): string {
  return describeValue(value ?? undefined);
}
