import { describe, expect, test } from 'vitest';
import { compareCases } from './admission/compare.js';
import { CONNECTIONS } from './admission/connections.js';

describe('who connects, and what is behind an object, is judged as at kube-apiserver', () => {
  const compared = compareCases(CONNECTIONS, 'connections');

  test('all that was recorded is compared', () => {
    expect(compared.length).toBe(CONNECTIONS.reduce((sum, { requests }) => sum + requests.length, 0));
  });

  test('always', () => {
    expect(compared.filter(({ equal }) => !equal).map(({ real }) => real.id)).toEqual([]);
  });
});
