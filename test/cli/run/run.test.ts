import { expect, test } from 'vitest';
import { run } from '../run.js';

test.each([
  [{}, 'own', 1, /^`--editor own` needs to know your editor: set \$VISUAL or \$EDITOR, such as EDITOR=vim/m],
  [{ EDITOR: ' ' }, 'own', 1, /needs to know your editor/],
  [{ EDITOR: 'vim' }, 'emacs', 2, /"emacs" is no editor to choose; there are built-in and own/],
  // As far as without a terminal it comes.
  [{ EDITOR: 'vim' }, 'own', 2, /`run` needs a terminal/],
  [{}, 'built-in', 2, /`run` needs a terminal/],
])('with %j --editor %s ends with %d', async (environment, which, code, says) => {
  const ended = await run(['run', 'cka/drain-a-node', '--editor', which], environment);
  expect(ended).toMatchObject({ code, stdout: '' });
  expect(ended.stderr).toMatch(says);
});
