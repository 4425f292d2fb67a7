import { expect, test } from 'vitest';
import { TextTerminal } from '../../../src/cli/replay/text-terminal.js';

test.each<[what: string, bytes: string, shown: readonly string[]]>([
  ['lines', 'one\r\ntwo\r\n$ ', ['one', 'two', '$ ']],
  ['a prompt drawn anew', '$ ls\r$ ls -l\r\nfile\r\n', ['$ ls -l', 'file', '']],
  ['what a backspace took away', '$ lx\b \bs\r\n', ['$ ls', '']],
  ['a long line is one', `${'x'.repeat(30)}\r\n`, ['x'.repeat(30), '']],
  ['an editor is left out', '$ vi\r\n\x1b[?1049h\x1b[Htext\x1b[?1049l$ ', ['$ vi', '$ ']],
  ['what was cleared', 'one\r\n\x1b[H\x1b[2J\x1b[3Jtwo', ['one', 'two']],
  ['no title, no clipboard', '\x1b]0;owned\x07\x1b]52;c;AAAA\x07ok\x1b[8;1;1t', ['ok']],
  ['colours', '\x1b[31mred\x1b[0m', ['red']],
])('%s', async (_, bytes, shown) => {
  const terminal = new TextTerminal(20, 4);
  await terminal.feed(Buffer.from(bytes));
  expect(terminal.take('all').filter((text, index, all) => text !== '' || index === all.length - 1)).toEqual(shown);
  terminal.dispose();
});

test('what was taken is not taken again', async () => {
  const terminal = new TextTerminal(20, 4);
  await terminal.feed(Buffer.from('one\r\n$ l'));
  expect(terminal.take('above')).toEqual(['one']);
  await terminal.feed(Buffer.from('s\r\ntwo\r\n$ '));
  expect(terminal.take('all')).toEqual(['$ ls', 'two', '$ ']);
  terminal.dispose();
});
