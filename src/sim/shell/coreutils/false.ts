import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';

/** `false`: fails. */
export const falseCommand: Program = command(
  {
    name: 'false',
    usage: '[ignored command line arguments]',
    summary: 'Exit with a status code indicating failure.',
    bare: true,
    inOrder: true,
    legacy: (word) => ({ key: 'ignored', value: word, as: '' }),
  },
  () => 1,
);
