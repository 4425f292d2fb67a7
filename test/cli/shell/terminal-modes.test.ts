import { expect, test } from 'vitest';
import { TerminalModes } from '../../../src/cli/shell/terminal-modes.js';

test.each([
  ['nothing', [], '\x1b[0m'],
  ['what was taken back', ['\x1b[?2004h', 'text', '\x1b[?2004l'], '\x1b[0m'],
  ['an editor on the alternate screen', ['\x1b[?1049h\x1b[?25l', 'text'], '\x1b[0m\x1b[?1049l\x1b[?25h'],
  ['a sequence in two pieces', ['\x1b[?10', '49h'], '\x1b[0m\x1b[?1049l'],
  ['several modes at once', ['\x1b[?1000;1006h'], '\x1b[0m\x1b[?1000l\x1b[?1006l'],
  ['a mode that is on by itself', ['\x1b[?7h\x1b[?25h'], '\x1b[0m'],
])('%s: the terminal is given back', (_, pieces, restoring) => {
  const modes = new TerminalModes();
  for (const piece of pieces) modes.follow(Buffer.from(piece));
  expect(modes.restoring()).toBe(restoring);
});
