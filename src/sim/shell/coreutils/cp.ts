import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ask } from './ask.js';
import { BACKUP_OPTIONS, backupKind, keepBackup } from './backup.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import type { CopyRules } from './copy-tree.js';
import { copyTree } from './copy-tree.js';
import { directoryName } from './dirname.js';
import { UsageError } from './options.js';
import { joinPath, look } from './paths.js';
import { transfersOf } from './targets.js';

/** `cp`: copies files and trees. */
export const cp: Program = command(
  {
    name: 'cp',
    usage: '[OPTION]... SOURCE... DEST',
    summary: 'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
    options: [
      'a archive : the same as -dR --preserve=all',
      'attributes-only : no data',
      ...BACKUP_OPTIONS,
      'copy-contents : (ignored)',
      'd : the same as --no-dereference --preserve=links',
      'f force : remove what cannot be opened',
      'i interactive : ask before overwriting',
      'H : follow links among the operands',
      'l link : hard links instead of copies',
      'L dereference : follow all links',
      'n no-clobber : overwrite nothing',
      'P no-dereference : follow no links',
      'p : the same as --preserve=mode,ownership,timestamps',
      'preserve?ATTR_LIST : keep attributes',
      'no-preserve=ATTR_LIST : do not keep attributes',
      'parents : the whole source path below DIRECTORY',
      'R r recursive : directories too',
      'reflink?WHEN : (ignored)',
      'remove-destination : remove what is there first',
      'sparse=WHEN : (ignored)',
      'strip-trailing-slashes : from the sources',
      's symbolic-link : links instead of copies',
      't target-directory=DIRECTORY : copy into DIRECTORY',
      'T no-target-directory : DEST is a file',
      'u update : only what is newer',
      'v verbose : say what is done',
      'x one-file-system : stay on one file system',
    ],
  },
  function* (context) {
    backupKind(context);
    const rules = copyRules(context);
    const directory = context.operands.at(-1);
    if (context.has('parents') && directory !== undefined && look(context.sys, directory)?.type !== 'directory') {
      throw new UsageError('with --parents, the destination must be a directory');
    }
    for (const { from, to } of transfersOf(context)) {
      if (context.has('link') || context.has('symbolic-link')) linkInstead(context, from, to);
      else if (context.has('parents')) yield* withParents(context, from, context.operands.at(-1) as string, rules);
      else yield* copyTree(context, from, to, rules);
      yield* context.relieve();
    }
    return undefined;
  },
);

function copyRules(context: Context): CopyRules {
  const archive = context.has('archive');
  const list = context.has('preserve') ? (context.value('preserve') ?? 'mode,ownership,timestamps') : '';
  const keeps = (word: string) => archive || context.has('p') || list === 'all' || list.split(',').includes(word);
  const recursive = archive || context.has('recursive');
  const followed = context.last('dereference', 'no-dereference', 'H', 'd', 'archive');
  return {
    recursive,
    follow:
      followed === 'dereference'
        ? 'all'
        : followed === 'H'
          ? 'operands'
          : followed === undefined
            ? recursive
              ? 'none'
              : 'all'
            : 'none',
    mode: keeps('mode'),
    owner: keeps('ownership'),
    times: keeps('timestamps'),
    verbose: context.has('verbose'),
    force: context.has('force') || context.has('remove-destination'),
    mayReplace: (to, from, existing) => mayReplace(context, to, from, existing),
    backup: (path) => keepBackup(context, path),
  };
}

/** Whether -i, -n and -u allow that a file is replaced. */
export function* mayReplace(context: Context, to: string, from: FileStat, existing: FileStat): Waiting<boolean> {
  if (context.has('update') && existing.modified >= from.modified) return false;
  const last = context.last('no-clobber', 'interactive');
  if (last === 'no-clobber') return false;
  return last === undefined || (yield* ask(context, `overwrite ${context.quoteName(to)}? `));
}

function linkInstead(context: Context, from: string, to: string): void {
  try {
    if (context.has('force') && look(context.sys, to, false)) context.sys.unlink(to);
    if (context.has('link')) context.sys.link(from, to);
    else context.sys.symlink(from, to);
    if (context.has('verbose')) context.print(`${context.quoteName(from)} -> ${context.quoteName(to)}\n`);
  } catch (thrown) {
    context.fail(
      `cannot create ${context.has('link') ? 'hard' : 'symbolic'} link ${context.quoteName(to)}${context.has('link') ? ` to ${context.quoteName(from)}` : ''}: ${reason(thrown)}`,
    );
  }
}

function* withParents(context: Context, from: string, directory: string, rules: CopyRules): Waiting<void> {
  const above = directoryName(from)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  let path = directory;
  for (const part of above) {
    path = joinPath(path, part);
    if (!look(context.sys, path)) context.sys.makeDirectory(path);
  }
  yield* copyTree(context, from, joinPath(directory, from.replace(/^\/+/, '')), rules);
}
