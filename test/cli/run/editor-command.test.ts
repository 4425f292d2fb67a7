import { expect, test } from 'vitest';
import { editorCommand } from '../../../src/cli/run/editor-command.js';

test.each([
  [{ EDITOR: 'vim' }, 'vim', []],
  [{ VISUAL: 'code --wait', EDITOR: 'vim' }, 'code', ['--wait']],
  [{ VISUAL: '', EDITOR: 'nano' }, 'nano', []],
  [{ VISUAL: '  ', EDITOR: ' nano ' }, 'nano', []],
  [
    { EDITOR: `"C:\\Program Files\\ed.exe" -x 'a "b" c' --y="1 2"` },
    'C:\\Program Files\\ed.exe',
    ['-x', 'a "b" c', '--y=1 2'],
  ],
  [{ EDITOR: 'vim; rm -rf $HOME `id`' }, 'vim;', ['rm', '-rf', '$HOME', '`id`']],
])('%j is %s with %j', (environment, file, args) => {
  expect(editorCommand(environment)).toEqual({ file, args });
});

test.each([[{}], [{ EDITOR: '' }], [{ VISUAL: ' ', EDITOR: '""' }]])('%j names no editor', (environment) => {
  expect(editorCommand(environment)).toBeUndefined();
});
