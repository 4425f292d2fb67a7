import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ExamAlerts } from '../../../src/ui/desks/exam-alerts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('each is said once, at its time', () => {
  const alerts = new ExamAlerts(7200);
  const said: string[] = [];
  for (let left = 7200; left > 0; left -= 1) {
    const text = alerts.at(left);
    if (text !== undefined && text !== said.at(-1)) said.push(text);
    vi.advanceTimersByTime(1000);
  }
  expect(said).toEqual(['30 minutes are left.', '15 minutes are left.', '5 minutes are left.']);
  expect(alerts.at(1)).toBeUndefined();
});

test('it goes after a minute', () => {
  const alerts = new ExamAlerts(1801);
  expect(alerts.at(1800)).toBe('30 minutes are left.');
  vi.advanceTimersByTime(59_000);
  expect(alerts.at(1741)).toBe('30 minutes are left.');
  vi.advanceTimersByTime(2000);
  expect(alerts.at(1739)).toBeUndefined();
});

test('it goes after a key, but not after one that was on its way', () => {
  const alerts = new ExamAlerts(1801);
  alerts.at(1800);
  expect(alerts.seen()).toBe(false);
  expect(alerts.at(1799)).toBe('30 minutes are left.');
  vi.advanceTimersByTime(3000);
  expect(alerts.seen()).toBe(true);
  expect(alerts.at(1797)).toBeUndefined();
  expect(alerts.seen()).toBe(false);
});

test('of those that a sleep went over the latest is said, with what is left', () => {
  const alerts = new ExamAlerts(7200);
  expect(alerts.at(800)).toBe('14 minutes are left.');
});

test('who goes on with an exam is told nothing of what is past', () => {
  const alerts = new ExamAlerts(1000);
  expect(alerts.at(999)).toBeUndefined();
  expect(alerts.at(900)).toBe('15 minutes are left.');
});
