import { expect, test } from 'vitest';
import { plainTerminal } from '../../src/cli/plain-terminal.js';

test.each<[string, readonly string[], string]>([
  ['colours, titles, modes and bells are left out', ['\x1b]0;t\x07\x1b[?2004h\x1b[1;31mred\x1b[0m\x07\r\n'], 'red\n'],
  ['a sequence that is cut in two', ['a\x1b', '[3', '1mb\r', '\nc'], 'ab\nc'],
  ['a letter that is cut in two', ['\xc3', '\xa9'], 'é'],
])('%s', (_, pieces, text) => {
  let shown = '';
  const show = plainTerminal((more) => {
    shown += more;
  });
  for (const piece of pieces) show(Buffer.from(piece, 'latin1'));
  expect(shown).toBe(text);
});
