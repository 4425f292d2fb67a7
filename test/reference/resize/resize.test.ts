import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { compareResize } from './compare-resize.js';

describe(`pods whose resources change, as ${readRecording('resize').server} has them`, () => {
  const all = compareResize();

  it('are asked for in all ways', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  it('are ours too', () => {
    const left = all.filter(({ equal }) => !equal);
    expect(left.map(({ ours }) => ours)).toEqual(left.map(({ real }) => real));
  });
});
