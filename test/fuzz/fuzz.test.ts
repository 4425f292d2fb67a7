import { describe, expect, test } from 'vitest';
import { fuzz } from './fuzz.js';

/** `npm run fuzz` sends many more. */
const REQUESTS = 400;

describe('requests that are not quite right', () => {
  test('leave every invariant as it was, and are answered alike for the same seed', () => {
    const first = fuzz(REQUESTS, '7');
    expect(first.findings).toEqual([]);
    expect(first.statuses.get(201)).toBeGreaterThan(5);
    expect(first.statuses.get(422)).toBeGreaterThan(5);
    expect(fuzz(REQUESTS, '7').hash).toBe(first.hash);
    expect(fuzz(REQUESTS, '8').hash).not.toBe(first.hash);
  });
});
