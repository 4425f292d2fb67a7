import { expect, test } from 'vitest';
import { Silence } from '../../../src/clusters/sim/silence.js';

test.each([
  ['a machine that is busy all the time is silent as long as it is', 3000, 3000, 3000],
  ['two busy threads are not silent for twice as long', 3000, 6000, 3000],
  ['a computer that is busy with others', 3000, 700, 700],
  ['a computer that was asleep, at once', 1000, 1, 100],
  ['an answer that never comes is missed all the same', 30_000, 0, 3000],
])('%s', (_, wall, worked, silent) => {
  const [now, used] = [{ at: 5 }, { at: 7 }];
  const silence = new Silence({ wall: () => now.at, worked: () => used.at });
  now.at += 1000;
  used.at += 1000;
  expect(silence.milliseconds()).toBe(1000);
  silence.broken();
  expect(silence.milliseconds()).toBe(0);
  now.at += wall;
  used.at += worked;
  expect(silence.milliseconds()).toBe(silent);
});
