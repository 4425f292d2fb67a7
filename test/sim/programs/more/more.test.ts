import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { more } from '../../../../src/sim/programs/more/index.js';
import { openSession } from '../../shell/terminal.js';

interface Row {
  readonly run: string;
  readonly keys: string;
  readonly screen: readonly string[];
}

const lines = (count: number, text: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => `${text(at + 1)}\n`).join('');

const FILES = {
  e: '',
  f: lines(60, (at) => `line ${at}`),
  g: lines(3, String),
  n: 'no\nnewline',
  p: 'one\ntwo\n\fthree\nfour\n',
  s: 'a\n\n\n\nb\n\nc\n',
  w: `${'x'.repeat(130)}\nend\n${lines(9, (at) => `t${at - 1}`)}`,
};

/** What stood on a window of six rows: more from util-linux 2.38.1 in tmux. */
const ROWS = JSON.parse(readFileSync(new URL('./recorded.json', import.meta.url), 'utf8')) as Row[];

async function windowAfter(run: string, keys: string): Promise<string[]> {
  const session = openSession({ rows: 6, columns: 60, files: FILES, programs: { more: more.run } });
  session.type('mkdir d; clear\r');
  session.type(`${run}\r`);
  for (const key of keys) session.type(key);
  return (await session.window()).map((row) => row.trimEnd());
}

test.each(ROWS)('$run and $keys', async ({ run, keys, screen }) => {
  expect(await windowAfter(run, keys)).toEqual(screen);
});

/** A screen that begins otherwise than the recorded ones: what stands at its end. */
test.each<[run: string, keys: string, rows: readonly string[]]>([
  ['more f', '!echo hi\r', ['!echo hi', 'hi', '------------------------', '--More--(7%)']],
  ['more f', '/ab\x7f\x7f\x7f', ['line 5', '--More--(7%)']],
  ['more n | cat -A', '', ['no$', 'newline$']],
  ['cat g | more n', '', ['1', '2', '3', '', '', '(END)']],
  ['more d', '', ['*** d: directory ***', '', '$']],
])('%s and %j end in', async (run, keys, rows) => {
  expect((await windowAfter(run, keys)).slice(-rows.length)).toEqual(rows);
});
