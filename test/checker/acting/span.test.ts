import { expect, test } from 'vitest';
import { spanSeconds } from '../../../src/checker/acting/span.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { parseSpan } from '../../../src/sim/worlds/duration.js';

test.each([
  ['30s', 30],
  ['5m', 300],
  ['9h', 32_400],
  ['2d', 172_800],
  ['1d2h3m4s', 93_784],
  ['0s', 0],
])('%s is %i seconds, for a check as for a world', (text, seconds) => {
  expect(spanSeconds(text)).toBe(seconds);
  expect((parseSpan(text) as number) / SECOND).toBe(seconds);
});
