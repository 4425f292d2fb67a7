import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveClock } from '../../../src/clusters/sim/live-clock.js';
import type { MachineInput, SimCluster } from '../../../src/clusters/sim/sim-cluster.js';

const KEY: MachineInput = { kind: 'type', terminal: 1, bytes: Buffer.from('x') };
const TICK = 25;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A machine that notes what it was told, and answers when it is let. */
class Told {
  readonly reached = 1_000_000;
  readonly advances: number[] = [];
  readonly inputs: number[] = [];
  slow = false;
  broken = false;
  private waiting: (() => void)[] = [];

  advanceTo(instant: number): Promise<void> {
    this.advances.push(instant - this.reached);
    if (this.broken) return Promise.reject(new Error('gone'));
    return this.slow ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }

  async input(instant: number): Promise<void> {
    this.inputs.push(instant - this.reached);
  }

  catchUp(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const clockOf = (told: Told, options = {}): LiveClock => new LiveClock(told as unknown as SimCluster, options);

test('a second is a second', async () => {
  const told = new Told();
  const clock = clockOf(told);
  clock.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(clock.target - told.reached).toBe(1_000_000);
  expect(told.advances).toHaveLength(1000 / TICK);
});

test('a key takes effect at the instant the machine was last told, and is told of before', async () => {
  const told = new Told();
  const order: string[] = [];
  const clock = clockOf(told, { before: (instant: number) => order.push(`${instant}, ${told.inputs.length} sent`) });
  clock.start();
  await vi.advanceTimersByTimeAsync(60);
  clock.input(KEY);
  expect(told.inputs).toEqual([50_000]);
  expect(order).toEqual(['1050000, 0 sent']);
});

test('a machine that cannot keep up lets its clock lag, and is told nothing new meanwhile', async () => {
  const told = new Told();
  told.slow = true;
  const clock = clockOf(told);
  clock.start();
  await vi.advanceTimersByTimeAsync(500);
  expect(told.advances).toEqual([25_000]);
  clock.input(KEY);
  expect(told.inputs).toEqual([25_000]);
  told.slow = false;
  told.catchUp();
  await vi.advanceTimersByTimeAsync(2 * TICK);
  expect(told.advances.slice(1)).toEqual([75_000, 100_000]);
});

test('stopped, nothing passes; started again, what passed meanwhile is not made up for', async () => {
  const told = new Told();
  const clock = clockOf(told);
  clock.start();
  await vi.advanceTimersByTimeAsync(100);
  clock.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(clock.target - told.reached).toBe(100_000);
  clock.start();
  await vi.advanceTimersByTimeAsync(TICK);
  expect(clock.target - told.reached).toBe(125_000);
});

test('with a wall clock it catches up in small steps, and never passes it', async () => {
  const told = new Told();
  const clock = clockOf(told, { wall: () => told.reached + 200_000 });
  clock.start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.advances).toEqual([50_000, 100_000, 150_000, 200_000]);
});

test('a machine that is gone is not asked again', async () => {
  const told = new Told();
  told.broken = true;
  clockOf(told).start();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told.advances).toHaveLength(1);
});

test('with a wall clock an input does not wait for the next tick, and two milliseconds later time goes on again', async () => {
  const told = new Told();
  let wall = told.reached + 3000;
  const clock = clockOf(told, { wall: () => wall });
  clock.start();
  clock.input(KEY);
  expect([told.inputs, told.advances]).toEqual([[0], [3000]]);
  wall += 2000;
  await vi.advanceTimersByTimeAsync(2);
  expect(told.advances).toEqual([3000, 5000]);
  clock.stop();
  wall += 2000;
  await vi.advanceTimersByTimeAsync(100);
  expect(told.advances).toEqual([3000, 5000]);
});
