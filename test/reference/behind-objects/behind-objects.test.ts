import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { compareBehindObjects } from './compare-behind-objects.js';

describe(`ways to Services and judged questions, as ${readRecording('behind-objects').server} has them`, () => {
  const all = compareBehindObjects();

  it('are asked for in all ways', () => {
    expect(all.length).toBeGreaterThanOrEqual(35);
  });

  it('are ours too', () => {
    const left = all.filter(({ equal }) => !equal);
    expect(left.map(({ ours }) => ours)).toEqual(left.map(({ real }) => real));
  });
});
