import { describe, expect, test } from 'vitest';
import { CASES } from './admission/cases.js';
import { compareCases } from './admission/compare.js';

/** Lists are long: what differs is told by its names. */
const FLOOR = 0.93;

describe('policies and webhooks answer as they do at kube-apiserver', () => {
  const compared = compareCases(CASES.filter(({ name }) => /^[mcj]-|^v-p/.test(name)));
  test('nearly always', () => {
    const different = compared.filter(({ equal }) => !equal).map(({ real }) => real.id);
    expect(compared.length).toBeGreaterThan(1000);
    expect(1 - different.length / compared.length, different.join('\n')).toBeGreaterThanOrEqual(FLOOR);
  });
});
