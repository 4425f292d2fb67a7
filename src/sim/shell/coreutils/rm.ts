import { isErrno } from '../../kernel/errno.js';
import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ask } from './ask.js';
import { baseName } from './basename.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { work } from './io.js';
import { typeWords } from './modes.js';
import { UsageError } from './options.js';
import { absolutePath, joinPath, namesIn } from './paths.js';

/** `rm`: removes files and directories. */
export const rm: Program = command(
  {
    name: 'rm',
    usage: '[OPTION]... [FILE]...',
    summary: 'Remove (unlink) the FILE(s).',
    options: [
      'f force : no questions, nothing said about what is not there',
      'i : ask before every removal',
      'I : ask once before removing many',
      'interactive?WHEN : ask never, once or always',
      'one-file-system : stay on one file system',
      'no-preserve-root : treat / as any directory',
      'preserve-root?all : do not remove /',
      'r R recursive : remove directories and what is in them',
      'd dir : remove empty directories',
      'v verbose : say what is removed',
    ],
  },
  function* (context) {
    const force = context.has('force');
    if (context.operands.length === 0 && !force) throw new UsageError('missing operand');
    if (
      context.last('I', 'interactive', 'i', 'force') === 'I' &&
      (context.operands.length > 3 || context.has('recursive'))
    ) {
      const count = context.operands.length;
      const what = `remove ${count} argument${count === 1 ? '' : 's'}${context.has('recursive') ? ' recursively' : ''}? `;
      if (count > 0 && !(yield* ask(context, what))) return 0;
    }
    for (const path of context.operands) yield* removeOperand(context, path);
    return undefined;
  },
);

function* removeOperand(context: Context, path: string): Waiting<void> {
  const base = baseName(path);
  if (context.has('recursive') && (base === '.' || base === '..')) {
    context.fail(`refusing to remove '.' or '..' directory: skipping ${context.quoteName(path)}`);
    return;
  }
  if (context.has('recursive') && absolutePath(context.sys, path) === '/' && !context.has('no-preserve-root')) {
    context.warn(`it is dangerous to operate recursively on ${context.quoteName(path)}`);
    context.fail('use --no-preserve-root to override this failsafe');
    return;
  }
  let stat: FileStat;
  try {
    stat = context.sys.lstat(path);
    if (path.endsWith('/') && stat.type === 'symlink') stat = context.sys.stat(path);
  } catch (thrown) {
    if (context.has('force') && isErrno(thrown, 'ENOENT', 'ENOTDIR')) return;
    context.fail(`cannot remove ${context.quoteName(path)}: ${reason(thrown)}`);
    return;
  }
  yield* remove(context, path, stat);
}

/** True when it is gone. */
function* remove(context: Context, path: string, stat: FileStat): Waiting<boolean> {
  yield* work(context.sys, 0);
  if (stat.type === 'directory') return yield* removeTree(context, path);
  if (!(yield* mayRemove(context, path, stat))) return false;
  return unlink(context, path, false);
}

function* removeTree(context: Context, path: string): Waiting<boolean> {
  const recursive = context.has('recursive');
  if (!recursive && !context.has('dir')) {
    context.fail(`cannot remove ${context.quoteName(path)}: Is a directory`);
    return false;
  }
  let names: string[] = [];
  try {
    names = namesIn(context.sys, path);
  } catch (thrown) {
    context.fail(`cannot remove ${context.quoteName(path)}: ${reason(thrown)}`);
    return false;
  }
  const asks = context.last('i', 'I', 'force', 'interactive') === 'i';
  if (
    asks &&
    names.length > 0 &&
    recursive &&
    !(yield* ask(context, `descend into directory ${context.quoteName(path)}? `))
  )
    return false;
  let all = true;
  if (recursive) {
    for (const name of names) {
      const child = joinPath(path, name);
      try {
        all = (yield* remove(context, child, context.sys.lstat(child))) && all;
      } catch (thrown) {
        context.fail(`cannot remove ${context.quoteName(child)}: ${reason(thrown)}`);
        all = false;
      }
    }
  }
  if (!all) return false;
  if (asks && !(yield* ask(context, `remove directory ${context.quoteName(path)}? `))) return false;
  return unlink(context, path, true);
}

function unlink(context: Context, path: string, directory: boolean): boolean {
  try {
    if (directory) context.sys.removeDirectory(path);
    else context.sys.unlink(path);
  } catch (thrown) {
    context.fail(`cannot remove ${context.quoteName(path)}: ${reason(thrown)}`);
    return false;
  }
  if (context.has('verbose')) context.print(`removed ${directory ? 'directory ' : ''}${context.quoteName(path)}\n`);
  return true;
}

/** Asks with -i, and for write-protected files when there is somebody to ask. */
function* mayRemove(context: Context, path: string, stat: FileStat): Waiting<boolean> {
  const last = context.last('i', 'I', 'force', 'interactive');
  const when = last === 'interactive' ? (context.value('interactive') ?? 'always') : last;
  if (when === 'force' || when === 'never' || when === 'no') return true;
  const guarded = stat.type !== 'symlink' && context.sys.credentials.uid !== 0 && !writable(context, path);
  if (when !== 'i' && when !== 'always' && when !== 'yes' && !(guarded && context.sys.terminal(0))) return true;
  return yield* ask(
    context,
    `remove ${guarded ? 'write-protected ' : ''}${typeWords(stat)} ${context.quoteName(path)}? `,
  );
}

function writable(context: Context, path: string): boolean {
  try {
    context.sys.access(path, { write: true });
    return true;
  } catch {
    return false;
  }
}
