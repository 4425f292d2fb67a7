import { isErrno } from '../../kernel/errno.js';
import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { BACKUP_OPTIONS, backupKind, keepBackup } from './backup.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { copyTree } from './copy-tree.js';
import { mayReplace } from './cp.js';
import { absolutePath, isSameFile, joinPath, look, namesIn } from './paths.js';
import { transfersOf } from './targets.js';

/** `mv`: moves and renames. */
export const mv: Program = command(
  {
    name: 'mv',
    usage: '[OPTION]... SOURCE... DEST',
    summary: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
    options: [
      ...BACKUP_OPTIONS,
      'f force : do not ask',
      'i interactive : ask before overwriting',
      'n no-clobber : overwrite nothing',
      'strip-trailing-slashes : from the sources',
      't target-directory=DIRECTORY : move into DIRECTORY',
      'T no-target-directory : DEST is a file',
      'u update : only what is newer',
      'v verbose : say what is done',
    ],
  },
  function* (context) {
    backupKind(context);
    for (const { from, to } of transfersOf(context)) yield* move(context, from, to);
    return undefined;
  },
);

function* move(context: Context, from: string, to: string): Waiting<void> {
  const { sys } = context;
  let stat: FileStat;
  try {
    stat = sys.lstat(from);
  } catch (thrown) {
    context.fail(`cannot stat ${context.quoteName(from)}: ${reason(thrown)}`);
    return;
  }
  const existing = look(sys, to, false);
  if (!(yield* allowed(context, from, to, stat, existing))) return;
  try {
    const kept = existing ? keepBackup(context, to) : undefined;
    sys.rename(from, to);
    if (context.has('verbose'))
      context.print(
        `renamed ${context.quoteName(from)} -> ${context.quoteName(to)}${kept ? ` (backup: ${context.quoteName(kept)})` : ''}\n`,
      );
  } catch (thrown) {
    if (isErrno(thrown, 'EXDEV')) yield* copyAndRemove(context, from, to, stat);
    else if (isErrno(thrown, 'EINVAL'))
      context.fail(`cannot move ${context.quoteName(from)} to a subdirectory of itself, ${context.quoteName(to)}`);
    else if (isErrno(thrown, 'EACCES', 'EPERM', 'EROFS'))
      context.fail(`cannot move ${context.quoteName(from)} to ${context.quoteName(to)}: ${thrown.message}`);
    else context.fail(`cannot move ${context.quoteName(from)} to ${context.quoteName(to)}: ${reason(thrown)}`);
  }
}

function* allowed(
  context: Context,
  from: string,
  to: string,
  stat: FileStat,
  existing: FileStat | undefined,
): Waiting<boolean> {
  if (!existing) return true;
  if (isSameFile(stat, existing)) {
    if (absolutePath(context.sys, from) === absolutePath(context.sys, to) || stat.links < 2) {
      context.fail(`${context.quoteName(from)} and ${context.quoteName(to)} are the same file`);
      return false;
    }
    return true;
  }
  if (existing.type === 'directory' && stat.type !== 'directory') {
    context.fail(`cannot overwrite directory ${context.quoteName(to)} with non-directory`);
    return false;
  }
  if (existing.type !== 'directory' && stat.type === 'directory') {
    context.fail(`cannot overwrite non-directory ${context.quoteName(to)} with directory ${context.quoteName(from)}`);
    return false;
  }
  return yield* mayReplace(context, to, stat, existing);
}

/** Between file systems: a copy with everything, then the original goes. */
function* copyAndRemove(context: Context, from: string, to: string, stat: FileStat): Waiting<void> {
  const kept = {
    recursive: true,
    follow: 'none',
    mode: true,
    owner: true,
    times: true,
    verbose: false,
    force: true,
  } as const;
  const copied = yield* copyTree(context, from, to, {
    ...kept,
    *mayReplace() {
      return true;
    },
    backup: () => undefined,
  });
  if (!copied) return;
  removeAll(context, from, stat);
  if (context.has('verbose'))
    context.print(
      `copied ${context.quoteName(from)} -> ${context.quoteName(to)}\nremoved ${context.quoteName(from)}\n`,
    );
}

function removeAll(context: Context, path: string, stat: FileStat): void {
  const { sys } = context;
  try {
    if (stat.type !== 'directory') return sys.unlink(path);
    for (const name of namesIn(sys, path)) removeAll(context, joinPath(path, name), sys.lstat(joinPath(path, name)));
    sys.removeDirectory(path);
  } catch (thrown) {
    context.fail(`cannot remove ${context.quoteName(path)}: ${reason(thrown)}`);
  }
}
