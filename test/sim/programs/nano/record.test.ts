import { join } from 'node:path';
import { test } from 'vitest';
import { record } from '../vi/record.js';
import { NANO_CASES, NANO_SAVE } from './cases.js';

/** `RECORD=1` plays every case at the real nano that is installed and writes recorded.json anew. */
test.runIf(process.env['RECORD'] === '1')(
  'the real nano is recorded',
  async () => {
    await record(
      { command: ['nano'], settingsFile: '.nanorc', settingsArguments: ['--rcfile=.nanorc'], save: NANO_SAVE },
      NANO_CASES,
      join(import.meta.dirname, 'recorded.json'),
    );
  },
  1_800_000,
);
