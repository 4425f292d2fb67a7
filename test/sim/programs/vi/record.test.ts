import { join } from 'node:path';
import { test } from 'vitest';
import { VI_CASES } from './cases.js';
import { record } from './record.js';

/** `RECORD=1` plays every case at the real vim that is installed and writes recorded.json anew. */
test.runIf(process.env['RECORD'] === '1')(
  'the real vim is recorded',
  async () => {
    await record(
      {
        command: ['vim', '-n', '-i', 'NONE'],
        settingsFile: '.vimrc',
        save: ['\x1b', '\x1b', ':w! result\r', ':qa!\r'],
      },
      VI_CASES,
      join(import.meta.dirname, 'recorded.json'),
    );
  },
  1_800_000,
);
