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

const twinMistake: LabRule = {
  name: 'twin-mistake',
  says: 'each mistake is another',
  remedy: 'take one away',
  severity: 'error',
  check({ content: { spec } }, report) {
    const seen = new Set<string>();
    spec.mistakes?.forEach(({ when, after, script }, index) => {
      const text = JSON.stringify([when, after, script.trim()]);
      if (seen.has(text)) report(`spec/mistakes/${index}/script`, 'another mistake types the same');
      seen.add(text);
    });
  },
};

/** Guards and mistakes that show what they are for. */
export const guards: readonly LabRule[] = [guardWithoutMistake, twinMistake];
