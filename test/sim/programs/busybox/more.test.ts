import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { busybox } from '../../../../src/sim/programs/busybox/index.js';
import { openSession } from '../../shell/terminal.js';
import { VERSION } from './harness.js';

interface Row {
  readonly run: string;
  readonly keys: string;
  readonly screen: readonly string[];
}

const FILES = {
  f: Array.from({ length: 60 }, (_, at) => `line ${at + 1}\n`).join(''),
  g: '1\n2\n3\n',
  w: `${'x'.repeat(130)}\nend\n${Array.from({ length: 9 }, (_, at) => `t${at}\n`).join('')}`,
};
const ROWS = JSON.parse(readFileSync(new URL('./recorded/more.json', import.meta.url), 'utf8')) as Row[];

test.each(ROWS)(`$run and $keys on a window of six rows, as ${VERSION} in tmux`, async ({ run, keys, screen }) => {
  const session = openSession({ rows: 6, columns: 60, files: FILES, programs: { busybox: busybox.run } });
  session.type('clear\r');
  session.type(`${run}\r`);
  for (const key of keys) session.type(key);
  expect((await session.window()).map((row) => row.trimEnd())).toEqual(screen);
});
