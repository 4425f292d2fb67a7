import { describe, expect, test } from 'vitest';
import { CASES } from './admission/cases.js';
import { compareCases } from './admission/compare.js';

/**
 * Its expressions cost nearly all they may together: the real server, busy with other cases, ran out of time for half of
 * the requests, which is no answer to compare with.
 */
const TIMED_OUT = 'v-costly-together';

/** Answers that differ, and why. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  [
    'j-slow-ignored: another label',
    'the real server first patched a stale copy, and asked the webhook about that, too',
  ],
]);

describe('policies and webhooks answer as they do at kube-apiserver', () => {
  const cases = CASES.filter(({ name }) => name !== TIMED_OUT);
  const compared = compareCases(cases);

  test('all that was recorded is compared', () => {
    expect(compared.length).toBe(cases.reduce((sum, { requests }) => sum + requests.length, 0));
    expect(compared.length).toBeGreaterThan(1600);
  });

  test('always but where a reason is known', () => {
    const different = compared.filter(({ equal }) => !equal).map(({ real }) => real.id);
    expect(different.sort()).toEqual([...DIFFERENT.keys()]);
  });
});
