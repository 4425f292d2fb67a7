import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSchedule, scheduleError } from '../../../src/sim/api/cron.js';
import { nextTime } from '../../../src/sim/api/cron-times.js';
import { formatTime } from '../../../src/sim/api/time.js';
import { SECOND } from '../../../src/sim/kernel/time.js';

const TIMES = 6;

/** The next times of a schedule, or what is wrong with it, as the recording has them. */
function told(schedule: string, from: number): string {
  const wrong = scheduleError(schedule);
  if (wrong !== undefined) return wrong;
  const times: string[] = [];
  for (let at: number | undefined = from; times.length < TIMES; ) {
    at = nextTime(parseSchedule(schedule), at);
    times.push(at === undefined ? 'never' : formatTime(at));
    if (at === undefined) break;
  }
  return times.join(' ');
}

test('schedules have the times that robfig/cron gives them, clocks that change included', () => {
  const lines = readFileSync(new URL('./recorded/cron-times.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const wrong = lines.filter((line) => {
    const [at = '', schedule = '', expected = ''] = line.split('|');
    // An empty schedule is refused before it is read.
    return schedule !== '' && told(schedule, Number(at) * SECOND) !== expected;
  });
  expect(lines.length).toBeGreaterThan(400);
  expect(wrong).toEqual([]);
});
