import { ProgressStore } from '../../../src/labs/progress/store.js';

/** Saves so many attempts, as fast as it can: `save-many.ts HOME NAME COUNT`. */
const [home = '', name = '', count = '0'] = process.argv.slice(2);
const store = ProgressStore.open(home);
for (let number = 0; number < Number(count); number += 1)
  store.save({
    id: `${name}${number}`,
    lab: 'cka/dns',
    content: 'x',
    seed: '1',
    started: '2026-01-15',
    finished: true,
  });
