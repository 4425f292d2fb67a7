import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { DIFFERENCES } from './differences.js';
import { playAuthentication } from './ours.js';

const { server, answers } = readRecording('authentication');
const ours = playAuthentication();

describe(`who may come in, and as whom, as ${server} answers`, () => {
  const differing = ours.filter((one) => !isDeepStrictEqual(one, answers.get(one.id)));

  it('is asked at length, and all of it was recorded', () => {
    expect(ours.length).toBeGreaterThanOrEqual(500);
    expect(ours.map(({ id }) => id)).toEqual([...answers.keys()]);
  });

  it('is answered alike', () => {
    const unexplained = differing.filter(({ id }) => !DIFFERENCES.some(({ has }) => has(id)));
    expect(unexplained.map((one) => ({ ours: one, real: answers.get(one.id) }))).toEqual([]);
    expect(differing.length / ours.length).toBeLessThan(0.01);
  });

  it('differs only where a difference is told', () => {
    const idle = DIFFERENCES.filter(({ has }) => !differing.some(({ id }) => has(id)));
    expect(idle.map(({ reason }) => reason)).toEqual([]);
  });
});
