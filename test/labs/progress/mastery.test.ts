import { describe, expect, test } from 'vitest';
import { masteryOf } from '../../../src/labs/progress/mastery.js';
import { NOW } from './practice.js';

const DAY = 86_400_000;

describe('mastery of what was tried', () => {
  test.each<[what: string, daysAgo: number, full: boolean, seconds: number | undefined, mastery: number]>([
    ['all points in time, today', 0, true, 300, 1],
    ['all points to the second', 0, true, 420, 1],
    ['a second too late', 0, true, 421, 0],
    ['a point is missing', 0, false, 300, 0],
    ['nobody knows how long it took', 0, true, undefined, 0],
    ['two weeks ago: still whole', 14, true, 300, 1],
    ['30 days later: half', 44, true, 300, 0.5],
    ['60 days later: a quarter', 74, true, 300, 0.25],
    ['in the future, for the clock was set back', -3, true, 300, 1],
  ])('%s', (_, daysAgo, full, seconds, mastery) => {
    expect(masteryOf({ at: NOW - daysAgo * DAY, full, seconds }, 7, NOW)).toBeCloseTo(mastery, 10);
  });

  test('nothing of what was never tried, and of a lab that is gone', () => {
    expect(masteryOf(undefined, 7, NOW)).toBe(0);
    expect(masteryOf({ at: NOW, full: true, seconds: 1 }, undefined, NOW)).toBe(0);
  });
});
