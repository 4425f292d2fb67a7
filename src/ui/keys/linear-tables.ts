import type { KeyTable } from './key-row.js';

/** Where nothing is painted, besides a screen's own keys. */
export const LINEAR_KEYS: KeyTable = {
  title: 'When the screens are read out',
  rows: [{ keys: ['ctrl-l'], intent: 'say-again', does: 'says all of it again' }],
};
