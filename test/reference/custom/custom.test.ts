import { describe, expect, it } from 'vitest';
import { readRecording } from '../recording.js';
import { compareCustom } from './compare-custom.js';
import { CUSTOM_DIFFERENCES } from './differences-custom.js';

/** What share must agree; it only ever rises. */
const FLOOR = 0.985;

describe(`custom kinds as ${readRecording('custom').server} has them`, () => {
  const all = compareCustom();

  it('are asked about four hundred times and more', () => {
    expect(all.length).toBeGreaterThanOrEqual(500);
  });

  it('are ours too', () => {
    const equal = all.filter((one) => one.equal).length;
    expect(equal / all.length, `${equal} of ${all.length} agree`).toBeGreaterThanOrEqual(FLOOR);
  });

  it('differ for a reason that is written down', () => {
    const left = all.filter(({ equal, id }) => !equal && !CUSTOM_DIFFERENCES.some(({ ids }) => ids.test(id)));
    expect(left.map(({ id, real, ours }) => ({ id, real: real.status, ours: ours.status }))).toEqual([]);
  });

  it('differ no more where a reason says so', () => {
    const stale = CUSTOM_DIFFERENCES.filter(
      ({ ids, mayVanish }) => !mayVanish && !all.some(({ id, equal }) => !equal && ids.test(id)),
    );
    expect(stale).toEqual([]);
  });
});
