import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { compareCustom } from './compare-custom.js';

describe(`custom kinds as ${readRecording('custom').server} has them`, () => {
  const all = compareCustom();

  it('are asked about five hundred times', () => {
    expect(all.length).toBeGreaterThanOrEqual(500);
  });

  it('are ours too', () => {
    const left = all.filter(({ equal }) => !equal);
    expect(left.map(({ id, ours }) => ({ id, said: ours }))).toEqual(left.map(({ id, real }) => ({ id, said: real })));
  });
});
