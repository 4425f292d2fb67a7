import { expect, test } from 'vitest';
import { ExamClock } from '../../../src/labs/exam/exam-clock.js';
import type { Interruptions } from '../../../src/labs/exam/exam-entry.js';

const STARTED = Date.UTC(2026, 0, 15, 9);

/** A computer whose clocks are moved by hand. */
class Computer {
  private running = 1000;
  private asleep = 0;
  private set = 0;
  readonly clocks = {
    steady: () => this.running + (this.clocks.steadyInSleep ? this.asleep : 0),
    steadyInSleep: false,
    sinceBoot: () => 500_000 + this.running + this.asleep,
    wall: () => STARTED + this.running - 1000 + this.asleep + this.set,
  };
  run(milliseconds: number): void {
    this.running += milliseconds;
  }
  sleep(milliseconds: number): void {
    this.asleep += milliseconds;
  }
  setClock(milliseconds: number): void {
    this.set += milliseconds;
  }
  clock(interruptions: Interruptions, elapsed = 0): ExamClock {
    return new ExamClock({ interruptions, started: STARTED, elapsed, clocks: this.clocks });
  }
}

test.each(['count', 'pause'] as const)('%s: while it runs, setting the clock changes nothing', (interruptions) => {
  const computer = new Computer();
  const clock = computer.clock(interruptions);
  computer.run(1000);
  computer.setClock(3_600_000);
  expect(clock.now()).toBe(1000);
  computer.setClock(-7_200_000);
  computer.run(500);
  expect(clock.now()).toBe(1500);
});

test.each([
  ['count', 61_000],
  ['pause', 1000],
] as const)('%s: a minute of sleep', (interruptions, elapsed) => {
  const computer = new Computer();
  const clock = computer.clock(interruptions);
  computer.run(500);
  computer.sleep(60_000);
  computer.run(500);
  expect(clock.now()).toBe(elapsed);
});

test.each([
  ['count', 64_000],
  ['pause', 4000],
] as const)('%s: a minute of sleep, where the steady clock goes on in sleep', (interruptions, elapsed) => {
  const computer = new Computer();
  computer.clocks.steadyInSleep = true;
  const clock = computer.clock(interruptions);
  for (let second = 0; second < 2; second += 1) {
    computer.run(1000);
    clock.now();
  }
  computer.sleep(60_000);
  clock.now();
  computer.run(2000);
  expect(clock.now()).toBe(elapsed);
});

test('many short sleeps count as one long', () => {
  const computer = new Computer();
  const clock = computer.clock('count');
  for (let turn = 0; turn < 10; turn += 1) {
    computer.run(1000);
    computer.sleep(2000);
    clock.now();
  }
  expect(clock.now()).toBeGreaterThanOrEqual(25_000);
});

test.each([
  ['count', 300_000, 60_000, 300_000],
  ['count', 300_000, 400_000, 400_000],
  ['pause', 300_000, 60_000, 60_000],
] as const)('%s: begun %i ms ago, noted at %i: %i', (interruptions, ago, noted, elapsed) => {
  const computer = new Computer();
  computer.sleep(ago);
  expect(computer.clock(interruptions, noted).now()).toBe(elapsed);
});

test('a clock that was set back before it goes on takes nothing away', () => {
  const computer = new Computer();
  computer.setClock(-86_400_000);
  expect(computer.clock('count', 5000).now()).toBe(5000);
});
