import { describe, expect, test } from 'vitest';
import { CASES } from './admission/cases.js';
import { compareCases } from './admission/compare.js';

const TOO_SLOW =
  'expressions that cost nearly all they may took the busy real server longer than its deadline for a request; ours take no time';
/** What was made there was not made at the real server. */
const NOT_MADE = 'the object was to be made by a request that took the real server too long';

/** Answers that differ, and why. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  [
    'j-slow-ignored: another label',
    'the real server first patched a stale copy, and asked the webhook about that, too',
  ],
  ['v-costly-together: a config map', TOO_SLOW],
  ['v-costly-together: a config map with labels', TOO_SLOW],
  ['v-costly-together: a config map, a dry run', TOO_SLOW],
  ['v-costly-together: another label', NOT_MADE],
  ['v-costly-together: deleted', NOT_MADE],
  ['v-costly-together: more data', NOT_MADE],
]);

describe('policies and webhooks answer as they do at kube-apiserver', () => {
  const compared = compareCases(CASES);

  test('all that was recorded is compared', () => {
    expect(compared.length).toBe(CASES.reduce((sum, { requests }) => sum + requests.length, 0));
  });

  test('always but where a reason is known', () => {
    const different = compared.filter(({ equal }) => !equal).map(({ real }) => real.id);
    expect(different.sort()).toEqual([...DIFFERENT.keys()]);
  });
});
