import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type ApplyComparison, compareApplies } from './apply/compared-apply.js';
import { sequences } from './apply/sequences.js';
import { unexplained } from './differences.js';
import { readRecording } from './recording.js';
import { appliesSection } from './report.js';
import { SEEDS } from './seed.js';

/** What shares must agree. They only ever rise. */
const FLOORS = { written: 0.99, drawn: 0.99 };

describe(`server-side apply as ${readRecording('apply').server} does it`, () => {
  const all = compareApplies();
  const isDrawn = ({ asked }: ApplyComparison) => asked.sequence.name.startsWith('drawn ');

  it('is asked about at length', () => {
    expect(sequences().length).toBeGreaterThanOrEqual(120);
    expect(all.filter(isDrawn).length).toBeGreaterThanOrEqual(300);
  });

  it.each([
    ['written', all.filter((one) => !isDrawn(one))],
    ['drawn', all.filter(isDrawn)],
  ] as const)(`agrees in the %s sequences (seed ${SEEDS.applies})`, (name, some) => {
    const equal = some.filter((one) => one.equal).length;
    const share = `${equal} of ${some.length} requests of ${name} sequences agree`;
    console.log(share);
    expect(equal / some.length, share).toBeGreaterThanOrEqual(FLOORS[name]);
  });

  it('differs for a reason that is written down, and is counted in docs/real-server.md (show.ts --write)', () => {
    expect(unexplained(all)).toEqual([]);
    expect(readFileSync('docs/real-server.md', 'utf8')).toContain(appliesSection(all));
  });

  it('is done without an exception', () => {
    expect(all.filter(({ ours }) => ours.status === -1).map(({ ours }) => `${ours.id}: ${ours.body}`)).toEqual([]);
  });
});
