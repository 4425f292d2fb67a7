import xterm from '@xterm/headless';
import fc from 'fast-check';
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
  ['the clipboard behind a key Escape', 'a\x1b\x1b]52;c;cm0gLXJm\x07b', 'ab'],
  ['the clipboard in a sequence that is broken off', 'a\x1b[1;\x1b]52;c;cm0gLXJm\x07b', 'ab'],
  ['the window, behind more numbers than there are', `a\x1b[${'1;'.repeat(200)}tb`, 'ab'],
  ['a string that is cancelled', 'a\x1b]0;root\x18b', 'ab'],
  ['a string that ends in one character', 'a\x1b]0;root\u009cb', 'ab'],
  ['a new line in the middle of a colour', '\x1b[3\n1mred', '\n\x1b[31mred'],
  ['sequences in one character', 'a\u009d0;root\x07b\u009b8m', 'a0;root\x07b8m'],
])('%s', (_, text, expected) => {
  expect(passed(text)).toBe(expected);
  // However the bytes come.
  for (const size of [1, 2, 3]) expect(passed(text, size)).toBe(expected);
});

/** What a terminal was asked for beyond its screen. */
async function reached(bytes: Uint8Array): Promise<string[]> {
  const emulator = new xterm.Terminal({ allowProposedApi: true, logLevel: 'off' });
  const asked: string[] = [];
  for (const id of [0, 2, 8, 52]) emulator.parser.registerOscHandler(id, () => asked.push(`string ${id}`) > 0);
  emulator.parser.registerDcsHandler({ final: 'q' }, () => asked.push('device string') > 0);
  emulator.parser.registerCsiHandler({ final: 't' }, () => asked.push('window') > 0);
  await new Promise<void>((done) => emulator.write(bytes, done));
  emulator.dispose();
  return asked;
}

test('nothing that is made of pieces of sequences reaches beyond the screen', async () => {
  const starts = fc
    .constantFrom('\x1b', '\x1b[', '\x1b]', '\x1bP', '\x1b(', '\u009b', '\u009d', '\u0090')
    .map((one) => Buffer.from(one));
  const goesOn = fc
    .constantFrom(']52;c;aa', '[8t', 'Pq', '1', '?', 'x', '\n', '\x7f', '1'.repeat(300))
    .map((one) => Buffer.from(one));
  const ends = fc.constantFrom('\x07', '\x1b\\', '\x18', '\u009c').map((one) => Buffer.from(one));
  const halves = fc.constantFrom([0x9b], [0x9d], [0xc2], [0xe2]).map((one) => Buffer.from(one));
  const bytes = fc.oneof(starts, goesOn, ends, halves);
  await fc.assert(
    fc.asyncProperty(fc.array(bytes, { maxLength: 10 }), async (pieces) => {
      const filter = new TerminalFilter();
      expect(await reached(Buffer.concat(pieces.map((one) => filter.pass(one))))).toEqual([]);
    }),
    { numRuns: 3000 },
  );
});
