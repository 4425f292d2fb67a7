import { expect, test } from 'vitest';
import { PlainOutput } from '../../src/cli/shell/plain-output.js';

/** Feeds pieces; `?` stands for somebody who asks for input. */
function shown(...pieces: readonly string[]): string {
  let text = '';
  const output = new PlainOutput((more) => {
    text += more;
  });
  for (const piece of pieces) {
    if (piece === '?') output.dropPrompt();
    else output.add(Buffer.from(piece, 'latin1'));
  }
  output.end();
  return text;
}

test.each<[string, readonly string[], string]>([
  ['lines', ['a\r\nb\r\n'], 'a\nb\n'],
  ['a prompt is left out', ['candidate@base:~$ ', '?', 'a\r\n', 'candidate@base:~$ '], 'a\n'],
  ["root's too, and that of more to come", ['root@cka1:/etc# ', '?', '> ', '?', 'a\r\n'], 'a\n'],
  ['output without a newline stays, the prompt behind it goes', ['x\x1b[?2004hcandidate@base:~$ ', '?'], 'x'],
  ['what looks like a part of the prompt is output', ['bar\x1b]133;A\x07candidate@base:~$ ', '?'], 'bar'],
  ["the prompt of busybox's shell goes too", ['/tmp # ', '?', 'ls\r\n'], 'ls\n'],
  ["a prompt of the person's own goes too", ['\x1b[?2004h=> ', '?', 'a\r\n'], 'a\n'],
  ['colours and titles are left out', ['\x1b]0;t\x07\x1b[1;31mred\x1b[0m\r\n'], 'red\n'],
  ['bracketed paste is left out', ['\x1b[?2004hcandidate@base:~$ ', '?'], ''],
  ['a letter cut in two', ['\xc3', '\xa9\r\n'], 'é\n'],
  ['an escape cut in two', ['\x1b[3', '1mx\r\n'], 'x\n'],
])('%s', (_, pieces, text) => {
  expect(shown(...pieces)).toBe(text);
});
