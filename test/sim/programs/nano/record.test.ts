import { join } from 'node:path';
import { test } from 'vitest';
import { record } from '../vi/record.js';
import { NANO_CASES } from './cases.js';

/** What saves under another name: cancels a prompt first, then writes out to `result` and leaves. */
export const NANO_SAVE = ['\x03', '\x03', '\x0f', '\x15', '\x0b', 'result\r', 'y', 'y'];

/** `RECORD=1` plays every case at the real nano of this machine and writes recorded.json anew. */
test.runIf(process.env['RECORD'] === '1')(
  'the real nano is recorded',
  async () => {
    await record(
      { command: ['nano'], settingsFile: '.nanorc', save: NANO_SAVE },
      NANO_CASES,
      join(import.meta.dirname, 'recorded.json'),
    );
  },
  1_800_000,
);
