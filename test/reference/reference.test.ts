import { describe, expect, it } from 'vitest';
import { type Comparison, compareAll, shares } from './compared.js';
import { readRecording } from './recording.js';
import { SEEDS } from './seed.js';

/** What share must agree in all. It only ever rises. */
const FLOOR = 0.95;

describe(`answers of ${readRecording('creates').server}`, () => {
  const all = compareAll();

  it('are many', () => {
    expect(all.length).toBeGreaterThanOrEqual(3000);
  });

  it(`are ours too (seed ${SEEDS.changes})`, () => {
    console.log(shares(all).map(row).join('\n'));
    const equal = all.filter((one) => one.equal).length;
    expect(equal / all.length, `${equal} of ${all.length} agree`).toBeGreaterThanOrEqual(FLOOR);
  });

  it('are given without an exception', () => {
    const thrown = all
      .filter(({ ours }: Comparison) => ours.status === -1)
      .map(({ request, ours }) => `${request.id}: ${ours.body}`);
    expect(thrown).toEqual([]);
  });
});

function row([kind, equal, count]: readonly [string, number, number]): string {
  return `${((100 * equal) / count).toFixed(1).padStart(5)} %  ${String(equal).padStart(4)} of ${String(count).padStart(4)}  ${kind}`;
}
