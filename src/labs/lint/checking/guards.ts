import type { LabRule } from '../rule.js';

const guardWithoutMistake: LabRule = {
  name: 'guard-without-mistake',
  says: 'each guard is failed by a mistake, for one that cannot be seen to fail is no guard',
  remedy: 'add a mistake that breaks what it guards',
  severity: 'error',
  check({ content: { spec } }, report) {
    const failed = new Set((spec.mistakes ?? []).flatMap(({ fails }) => fails));
    spec.checks.forEach(({ id, guard }, index) => {
      if (guard && !failed.has(id)) report(`spec/checks/${index}`, `no mistake fails the guard ${id}`);
    });
  },
};

/** Guards that guard, and are seen to. */
export const guards: readonly LabRule[] = [guardWithoutMistake];
