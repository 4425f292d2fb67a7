import { expect, test } from 'vitest';
import { KeyQueue } from '../../../src/sim/client/work-queue.js';
import { MILLISECOND, SECOND } from '../../../src/sim/kernel/time.js';

function queueAt(): { clock: { now: number }; queue: KeyQueue } {
  const clock = { now: 0 };
  return { clock, queue: new KeyQueue({ now: () => clock.now }) };
}

test('a key waits once, is worked on once at a time, and comes again when added meanwhile', () => {
  const { queue } = queueAt();
  for (const key of ['a', 'b', 'a']) queue.add(key);
  expect(queue.tryGet()).toBe('a');
  queue.add('a');
  expect(queue.tryGet()).toBe('b');
  expect(queue.tryGet()).toBeUndefined();
  queue.done('a');
  expect(queue.tryGet()).toBe('a');
});

test('delays: the shorter of two counts, and the instant comes in virtual time', () => {
  const { clock, queue } = queueAt();
  queue.addAfter('a', 5 * SECOND);
  queue.addAfter('a', 2 * SECOND);
  queue.addAfter('a', 9 * SECOND);
  const step = queue.get();
  expect(step.next().value).toEqual({ queues: [queue.ready], until: 2 * SECOND, appointment: false });
  clock.now = 2 * SECOND;
  expect(step.next()).toEqual({ done: true, value: 'a' });
});

test('failures wait 5 ms, doubling, up to 1000 s; forgotten they begin anew', () => {
  const { clock, queue } = queueAt();
  const spans: number[] = [];
  for (let attempt = 0; attempt < 20; attempt += 1) {
    queue.addRateLimited('k');
    const wait = queue.get().next().value as { until: number };
    spans.push(wait.until - clock.now);
    clock.now = wait.until;
    expect(queue.tryGet()).toBe('k');
    queue.done('k');
  }
  expect(spans.slice(0, 4)).toEqual([5, 10, 20, 40].map((span) => span * MILLISECOND));
  expect(spans.at(-1)).toBe(1000 * SECOND);
  expect(queue.retries('k')).toBe(20);
  queue.forget('k');
  expect(queue.retries('k')).toBe(0);
});

test('beyond the burst failures come at a steady rate', () => {
  const clock = { now: 0 };
  const queue = new KeyQueue({ now: () => clock.now }, { base: 1, max: 1, rate: 10, burst: 2 });
  for (const key of ['a', 'b', 'c', 'd']) queue.addRateLimited(key);
  clock.now = 1;
  expect(queue.length).toBe(2);
  clock.now = SECOND / 10;
  expect(queue.length).toBe(3);
  clock.now = SECOND / 5;
  expect(queue.length).toBe(4);
});
