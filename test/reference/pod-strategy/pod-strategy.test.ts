import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { comparePodStrategy } from './compare-pod-strategy.js';

describe(`new pods, their profiles, kernel parameters and labels, as ${readRecording('pod-strategy').server} has them`, () => {
  const all = comparePodStrategy();

  it('are asked for in all ways', () => {
    expect(all.length).toBeGreaterThanOrEqual(80);
  });

  it('are ours too', () => {
    const left = all.filter(({ equal }) => !equal);
    expect(left.map(({ ours }) => ours)).toEqual(left.map(({ real }) => real));
  });
});
