import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { joinPath } from './paths.js';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** `mktemp`: makes a file or directory of a name nobody else has. */
export const mktemp: Program = command(
  {
    name: 'mktemp',
    usage: '[OPTION]... [TEMPLATE]',
    summary: 'Create a temporary file or directory, safely, and print its name.',
    options: [
      'd directory : a directory',
      'u dry-run : only the name',
      'q quiet : no messages',
      'suffix=SUFF : after the template',
      'p tmpdir?DIR : below DIR or TMPDIR or /tmp',
      't : below TMPDIR or /tmp',
    ],
  },
  (context) => {
    const [given, extra] = context.operands;
    if (extra !== undefined) throw new UsageError('too many templates');
    const template = (given ?? 'tmp.XXXXXXXXXX') + (context.value('suffix') ?? '');
    const match = /^(.*?)(X+)([^X]*)$/s.exec(template);
    if (!match || (match[2] as string).length < 3)
      return context.die(`too few X's in template ${context.quote(given ?? template)}`);
    const inside = given === undefined || context.has('tmpdir') || context.has('t');
    const directory = context.value('tmpdir') ?? context.sys.environment.get('TMPDIR') ?? '/tmp';
    const [, before = '', marks = '', after = ''] = match;
    const random = context.sys.random();
    const directoryWanted = context.has('directory');
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const name = before + Array.from(marks, () => LETTERS[random.below(LETTERS.length)]).join('') + after;
      const path = inside ? joinPath(directory, name) : name;
      try {
        create(context, path, directoryWanted);
        context.print(`${path}\n`);
        return 0;
      } catch (thrown) {
        if (isErrno(thrown, 'EEXIST')) continue;
        const shown = inside ? joinPath(directory, template) : template;
        if (!context.has('quiet'))
          context.warn(
            `failed to create ${directoryWanted ? 'directory' : 'file'} via template ${context.quote(shown)}: ${reason(thrown)}`,
          );
        return 1;
      }
    }
    return 1;
  },
);

function create(context: Context, path: string, directory: boolean): void {
  const { sys } = context;
  if (context.has('dry-run')) return;
  if (directory) {
    sys.makeDirectory(path, 0o700);
    return;
  }
  sys.close(sys.open(path, { read: true, write: true, create: true, exclusive: true }, 0o600));
}
