import { describe, expect, test } from 'vitest';
import {
  ageOf,
  DurationError,
  formatDuration,
  humanDuration,
  parseDuration,
  shortHumanDuration,
} from '../../../src/sim/api/duration.js';
import { formatMicroTime, formatTime, parseTime } from '../../../src/sim/api/time.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/sim/kernel/time.js';

describe('times', () => {
  test.each([
    [0, '1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000000Z'],
    [1_767_323_045_000_006, '2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000006Z'],
    [951_782_399_999_999, '2000-02-28T23:59:59Z', '2000-02-28T23:59:59.999999Z'],
    [951_782_400_000_000, '2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000000Z'],
    [-1, '1969-12-31T23:59:59Z', '1969-12-31T23:59:59.999999Z'],
  ])('%i', (at, seconds, micros) => {
    expect([formatTime(at), formatMicroTime(at), parseTime(micros)]).toEqual([seconds, micros, at]);
  });

  test.each([
    ['2026-01-02T03:04:05+02:00', 1_767_315_845_000_000],
    ['2026-01-02T03:04:05.5Z', 1_767_323_045_500_000],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    ['2026-01-02', undefined],
    ['2026-01-02T25:00:00Z', undefined],
  ])('%s', (text, at) => {
    expect(parseTime(text)).toBe(at);
  });

  test('agree with the clock of the platform for every day of a century', () => {
    for (let day = 0; day < 36_525; day += 1) {
      const at = day * DAY + 43_200 * SECOND;
      expect(formatTime(at)).toBe(new Date(at / 1000).toISOString().replace('.000Z', 'Z'));
    }
  });
});

describe('durations', () => {
  test.each([
    ['0', 0, '0s'],
    ['1s', SECOND, '1s'],
    ['1h30m', 90 * MINUTE, '1h30m0s'],
    ['-1.5s', -1.5 * SECOND, '-1.5s'],
    ['250ms', 250_000, '250ms'],
    ['1500us', 1500, '1.5ms'],
    ['7µs', 7, '7µs'],
    ['2h', 2 * HOUR, '2h0m0s'],
    ['.5m', 30 * SECOND, '30s'],
    ['+5s', 5 * SECOND, '5s'],
  ])('%s', (text, span, written) => {
    expect([parseDuration(text), formatDuration(span)]).toEqual([span, written]);
  });

  // Go 1.26, time.ParseDuration.
  test.each([
    ['', 'time: invalid duration ""'],
    ['5', 'time: missing unit in duration "5"'],
    ['5d', 'time: unknown unit "d" in duration "5d"'],
    ['abc', 'time: invalid duration "abc"'],
    ['1s2', 'time: missing unit in duration "1s2"'],
    ['3000000h', 'time: invalid duration "3000000h"'],
  ])('%j is refused', (text, words) => {
    expect(() => parseDuration(text)).toThrow(new DurationError(words));
  });

  test.each([
    [-3 * SECOND, '<invalid>', '<invalid>'],
    [-SECOND, '0s', '0s'],
    [0, '0s', '0s'],
    [119 * SECOND, '119s', '1m'],
    [120 * SECOND, '2m', '2m'],
    [125 * SECOND, '2m5s', '2m'],
    [10 * MINUTE + 5 * SECOND, '10m', '10m'],
    [3 * HOUR + 4 * MINUTE, '3h4m', '3h'],
    [8 * HOUR + 4 * MINUTE, '8h', '8h'],
    [49 * HOUR, '2d1h', '2d'],
    [8 * DAY + HOUR, '8d', '8d'],
    [800 * DAY, '2y70d', '2y'],
    [9 * 365 * DAY, '9y', '9y'],
  ])('an age of %i µs', (span, human, short) => {
    expect([humanDuration(span), shortHumanDuration(span)]).toEqual([human, short]);
  });

  test('ages of what never was are unknown', () => {
    expect([ageOf(null, 0), ageOf('1970-01-01T00:00:00Z', 5 * SECOND)]).toEqual(['<unknown>', '5s']);
  });
});
