import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { directoryName } from './dirname.js';
import { UsageError } from './options.js';

/** `rmdir`: removes empty directories. */
export const rmdir: Program = command(
  {
    name: 'rmdir',
    usage: '[OPTION]... DIRECTORY...',
    summary: 'Remove the DIRECTORY(ies), if they are empty.',
    options: [
      'ignore-fail-on-non-empty : say nothing about directories that are not empty',
      'p parents : remove parents too',
      'v verbose : say what is removed',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    for (const operand of context.operands) {
      for (let path = operand; ; path = directoryName(path)) {
        if (context.has('verbose')) context.print(`${context.name}: removing directory, ${context.quoteName(path)}\n`);
        try {
          context.sys.removeDirectory(path);
        } catch (thrown) {
          const words = reason(thrown);
          if (context.has('ignore-fail-on-non-empty') && isErrno(thrown, 'ENOTEMPTY')) break;
          context.fail(`failed to remove ${path === operand ? '' : 'directory '}${context.quoteName(path)}: ${words}`);
          break;
        }
        if (!context.has('parents') || directoryName(path) === '.' || directoryName(path) === '/') break;
      }
    }
    return undefined;
  },
);
