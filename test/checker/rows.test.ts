import { beforeAll, describe, expect, test } from 'vitest';
import { KINDS } from '../../src/checker/checks/register.js';
import { loadTables } from './mutation/tables.js';

const ROWS_MIN = 10;
/** What lies on a disk can always be told. */
const NEVER_UNDECIDED = ['file'];

/** By kind, what was judged each way, and what was said of it, while the tables that need no world were played. */
type Judged = Readonly<Record<'passed' | 'failed' | 'undecided', Set<string>>>;
const judged = new Map<string, Judged>(
  KINDS.map(({ field }) => [field, { passed: new Set(), failed: new Set(), undecided: new Set() }]),
);

beforeAll(async () => {
  const { rows, kinds } = await loadTables([], () => false);
  for (const kind of kinds) {
    const { field, judge } = kind;
    const { passed, failed, undecided } = judged.get(field) as Judged;
    Object.assign(kind, {
      judge: async (...given: Parameters<typeof judge>) => {
        const row = (...said: string[]): string => JSON.stringify([given[0], ...said]);
        const verdict = await judge(...given).catch((error: Error) => {
          undecided.add(row(error.message));
          throw error;
        });
        const { expected, found } = verdict;
        (verdict.undecided ? undecided : verdict.passed ? passed : failed).add(row(expected, found));
        return verdict;
      },
    });
  }
  for (const { run } of rows) await run();
});

describe.each(KINDS.map(({ field }) => field))('%s', (field) => {
  test('has ten rows or more, and some of each outcome', () => {
    const { passed, failed, undecided } = judged.get(field) as Judged;
    expect(passed.size + failed.size + undecided.size, 'rows').toBeGreaterThanOrEqual(ROWS_MIN);
    expect(passed.size, 'passed').toBeGreaterThan(0);
    expect(failed.size, 'failed').toBeGreaterThan(0);
    if (NEVER_UNDECIDED.includes(field)) expect(undecided.size, 'undecided').toBe(0);
    else expect(undecided.size, 'undecided').toBeGreaterThan(0);
  });
});
