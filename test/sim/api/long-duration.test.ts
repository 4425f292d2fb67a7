import { expect, test } from 'vitest';
import { parseLongDuration } from '../../../src/sim/api/long-duration.js';

// Written from kube-openapi's strfmt.ParseDuration, v0.36.0's go.mod.
test.each<[string, bigint | undefined]>([
  ['2 days', 172_800_000_000_000n],
  ['1 hour 30 minutes', 5_400_000_000_000n],
  ['5 MILLIS', 5_000_000n],
  ['3 hr', 10_800_000_000_000n],
  ['3 hrs', undefined],
  ['3 hrs 1s', 1_000_000_000n],
  ['1 fortnight', undefined],
  ['soon', undefined],
  ['99999999999999999999 s', undefined],
])('%s', (text, nanos) => {
  expect(parseLongDuration(text)).toBe(nanos);
});
