import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pseudoTerminals } from '../../../src/labs/real/pseudo-terminal.js';
import { runInWindow } from '../../../src/labs/real/whole-window.js';
import { temporaryFolder } from '../home-folder.js';
import { PLAIN_BASH } from './stand-in.js';

const open = await pseudoTerminals({ PATH: process.env['PATH'] });
const own = { PATH: process.env['PATH'] };
const nobody = { shows: () => {}, ends: () => {} };

test.skipIf(!open || !existsSync('/proc/self/fd'))(
  'a shell in the whole window keeps no other terminal open',
  async () => {
    const panes = [1, 2].map(() => open?.(PLAIN_BASH, { columns: 80, rows: 24 }, nobody));
    const folder = temporaryFolder();
    const script = 'ls -l /proc/$$/fd > seen; exit 3';
    const ended = await runInWindow({ command: 'sh', args: ['-c', script], environment: {}, folder }, own);
    await Promise.all(panes.map((pane) => pane?.hangUp()));
    const seen = readFileSync(join(folder, 'seen'), 'utf8');
    expect(ended).toEqual({ status: 3 });
    expect(seen).toMatch(/ 2 -> /);
    expect(seen).not.toContain('ptmx');
  },
);

test('a shell that is not there is told', async () => {
  const shell = { ...PLAIN_BASH, command: '/nowhere/fish' };
  expect(await runInWindow(shell, own)).toEqual({
    status: 127,
    failure: 'your shell /nowhere/fish could not be started (ENOENT)',
  });
});
