import { expect, test, vi } from 'vitest';
import { EnteredLines } from '../../../src/labs/real/entered-lines.js';

/** What happens in a terminal: the person's keys after `>`, what it shows after `<`. */
const SESSIONS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['keys one by one', ['<$ ', '>l', '<l', '>s', '<s', '>\r', '<\r\na b\r\n$ '], ['ls']],
  ['a line that was mended', ['<$ ', '>lx', '<lx', '>\x7f', '<\b \b', '>s', '<s', '>\r', '<\r\n$ '], ['ls']],
  ['one out of the history', ['<$ ', '>\x1b[A', '<k get po', '>\r', '<\r\n$ '], ['k get po']],
  ['one that was completed', ['<$ ', '>k desc\t', '<k describe ', '>po\r', '<po\r\n$ '], ['k describe po']],
  ['one that was pasted with its Enter', ['<$ ', '>k get po\r', '<k get po\r\nNAME\r\n$ '], ['k get po']],
  ['a password', ['<Password: ', '>geheim', '>\r', '<\r\n$ ', '>id', '<id', '>\r', '<\r\n$ '], ['id']],
  ['a password that its prompt follows at once', ['<pw:', '>geheim', '>\r', '<$ '], []],
  ['a password that was pasted', ['<pw:', '>geheim\r', '<$ '], []],
  ['Enter at an empty prompt', ['<$ ', '>\r', '<\r\n$ ', '>\r', '<\r\n$ '], []],
  ['what was given up', ['<$ ', '>rm -rf', '<rm -rf', '>\x03', '<^C\r\n$ ', '>ls', '<ls', '>\r', '<\r\n'], ['ls']],
  ['over two rows', ['<$ ', '>x', `<${'x'.repeat(50)}`, '>\r', '<\r\n$ '], ['x'.repeat(50)]],
  ['in an editor', ['<$ ', '>vi', '<vi', '>\r', '<\r\n\x1b[?1049h\x1b[H', '>ihello', '<hello', '>\r', '<\r\n'], ['vi']],
  ['here-documents', ['<$ ', '>a', '<a', '>\r', '<\r\n> ', '>b', '<b', '>\r', '<\r\n$ '], ['a', 'b']],
];

test.each(SESSIONS)('%s', async (_, session, entered) => {
  const seen: string[] = [];
  const lines = new EnteredLines(40, 10, (line) => void seen.push(line));
  for (const what of session) {
    const bytes = Buffer.from(what.slice(1));
    if (what.startsWith('>')) lines.typed(bytes);
    else await new Promise<void>((resolve) => lines.shown(bytes, resolve));
  }
  await new Promise<void>((resolve) => lines.shown(Buffer.from(''), resolve));
  expect(seen).toEqual(entered);
  lines.dispose();
});

test('what is on its way when the terminal is gone is told to nobody, nor complained of on the standard error', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const seen: string[] = [];
  const lines = new EnteredLines(40, 10, (line) => void seen.push(line));
  lines.shown(Buffer.from('$ exit'));
  lines.typed(Buffer.from('exit\r'));
  lines.dispose();
  // Terminals look at what they show in the order in which it came.
  const later = new EnteredLines(40, 10, () => {});
  await new Promise<void>((resolve) => later.shown(Buffer.from('$ '), resolve));
  expect([seen, told.mock.calls, warned.mock.calls]).toEqual([[], [], []]);
  vi.restoreAllMocks();
});
