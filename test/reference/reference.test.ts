import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Comparison, compareAll, shares } from './compared.js';
import { unexplained } from './differences.js';
import { readRecording } from './recording.js';
import { requestsSection } from './report.js';
import { SEEDS } from './seed.js';

/** What share must agree in all, and of each kind. They only ever rise. */
const FLOOR = 0.995;
const FLOOR_OF_KIND = 0.9;

const { server } = readRecording('creates');

describe(`answers of ${server}`, () => {
  const all = compareAll();

  it('are many', () => {
    expect(all.length).toBeGreaterThanOrEqual(3000);
  });

  it(`are ours too (seed ${SEEDS.changes})`, () => {
    console.log(requestsSection(server, all));
    const equal = all.filter((one) => one.equal).length;
    expect(equal / all.length, `${equal} of ${all.length} agree`).toBeGreaterThanOrEqual(FLOOR);
    const low = shares(all).filter(([, agreed, count]) => agreed / count < FLOOR_OF_KIND);
    expect(low).toEqual([]);
  });

  it('differ for a reason that is written down', () => {
    expect(unexplained(all)).toEqual([]);
  });

  it('are counted in docs/real-server.md (show.ts --write)', () => {
    expect(readFileSync('docs/real-server.md', 'utf8')).toContain(requestsSection(server, all));
  });

  it('are given without an exception', () => {
    const thrown = all
      .filter(({ ours }: Comparison) => ours.status === -1)
      .map(({ request, ours }) => `${request.id}: ${ours.body}`);
    expect(thrown).toEqual([]);
  });
});
