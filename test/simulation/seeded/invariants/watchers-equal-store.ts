import { isDeepStrictEqual } from 'node:util';
import type { Invariant } from './invariant.js';

/** What watchers were told, change by change, is what lists tell. */
export const watchersEqualStore: Invariant = {
  name: 'every watcher equals the store',
  settled: ({ watched, listed }) => {
    const findings: string[] = [];
    for (const [plural, objects] of Object.entries(listed)) {
      const told = watched[plural];
      for (const place of new Set([...objects.keys(), ...(told?.keys() ?? [])])) {
        const [here, there] = [objects.get(place), told?.get(place)];
        if (!there) findings.push(`no watcher was told of ${plural} ${place}`);
        else if (!here) findings.push(`${plural} ${place} is gone and no watcher was told`);
        else if (!isDeepStrictEqual(here, there)) findings.push(`watchers were told another ${plural} ${place}`);
      }
    }
    return findings;
  },
};
