import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';

/** `true`: succeeds. */
export const trueCommand: Program = command(
  {
    name: 'true',
    usage: '[ignored command line arguments]',
    summary: 'Exit with a status code indicating success.',
    bare: true,
    inOrder: true,
    legacy: (word) => ({ key: 'ignored', value: word, as: '' }),
  },
  () => 0,
);
