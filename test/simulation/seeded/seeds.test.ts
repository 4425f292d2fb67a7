import { describe, expect, it } from 'vitest';
import { describeDeed } from './deed.js';
import { journalOf, runSeed } from './seeded-run.js';

/** A world starts in half a second, and lives for minutes of its own. */
const PATIENCE = 300_000;
/** Few, because each costs seconds; `npm run seeded` lives 200. Among them: taints, jobs, no controllers, no API server. */
const SEEDS = ['94', '105', '159'];
/** A short life, for living it twice. */
const TWICE = '141';

// `npm run seeded -- --from SEED --seeds 1 --shrink` tells more.
describe('whatever is done to a cluster', () => {
  for (const seed of SEEDS) {
    it(
      `seed ${seed}`,
      () => {
        const { findings } = runSeed(seed);
        const journal =
          findings.length > 0 ? journalOf(seed).map(({ after, deed }) => `${after} s, ${describeDeed(deed)}`) : [];
        expect(findings, journal.join('\n')).toEqual([]);
      },
      PATIENCE,
    );
  }

  it(
    'one seed has one life',
    () => {
      const [one, other] = [runSeed(TWICE), runSeed(TWICE)];
      expect(one.findings).toEqual([]);
      expect(one.hash).toBe(other.hash);
      expect(one.told).toBeGreaterThan(100);
    },
    PATIENCE,
  );
});
