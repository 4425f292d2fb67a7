import { expect, test } from 'vitest';
import { TerminalFilter } from '../../../src/ui/terminal/terminal-filter.js';

function passed(text: string, size = text.length): string {
  const filter = new TerminalFilter();
  const bytes = Buffer.from(text);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(filter.pass(bytes.subarray(at, at + size)));
  return Buffer.concat(parts).toString('utf8');
}

test.each([
  ['text in any language', 'grüß ©£ 你好 🙂\r\n', 'grüß ©£ 你好 🙂\r\n'],
  ['colours and moves', '\x1b[1;31mred\x1b[0m\x1b[2J\x1b[H', '\x1b[1;31mred\x1b[0m\x1b[2J\x1b[H'],
  ['modes and the other screen', '\x1b[?1049h\x1b[?25l\x1b=\x1b(B\x1b7', '\x1b[?1049h\x1b[?25l\x1b=\x1b(B\x1b7'],
  ['the clipboard', 'a\x1b]52;c;cm0gLXJm\x07b', 'ab'],
  ['the title, ended the other way', 'a\x1b]0;root\x1b\\b', 'ab'],
  ['a link', '\x1b]8;;https://example.com\x07here\x1b]8;;\x07', 'here'],
  ['a device string', 'a\x1bP+q544e\x1b\\b', 'ab'],
  ['a string with a sequence in it', 'a\x1b]0;\x1b[2J\x07b', 'ab'],
  ['a message to a program', 'a\x1b_Gx\x1b\\\x1b^y\x1b\\\x1bXz\x1b\\b', 'ab'],
  ['the window', 'a\x1b[8;1;1tb\x1b[21tc', 'abc'],
  ['sequences in one character', 'a\u009d0;root\x07b\u009b8m', 'a0;root\x07b8m'],
])('%s', (_, text, expected) => {
  expect(passed(text)).toBe(expected);
  // However the bytes come.
  for (const size of [1, 2, 3]) expect(passed(text, size)).toBe(expected);
});
