import type { Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import { BACKUP_OPTIONS, backupKind, keepBackup } from './backup.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { copyTree } from './copy-tree.js';
import { directoryName } from './dirname.js';
import { parseMode } from './modes.js';
import { UsageError } from './options.js';
import { look } from './paths.js';
import { transfersOf } from './targets.js';

/** `install`: copies files and sets owner and mode. */
export const install: Program = command(
  {
    name: 'install',
    usage: '[OPTION]... [-T] SOURCE DEST',
    summary: 'Copy files and set attributes.',
    options: [
      ...BACKUP_OPTIONS,
      'c : (ignored)',
      'C compare : (ignored)',
      'd directory : make directories',
      'D : make the directories of DEST',
      'g group=GROUP : this group',
      'm mode=MODE : this mode instead of rwxr-xr-x',
      'o owner=OWNER : this owner',
      'p preserve-timestamps : keep times',
      's strip : (ignored)',
      't target-directory=DIRECTORY : into DIRECTORY',
      'T no-target-directory : DEST is a file',
      'v verbose : say what is done',
    ],
  },
  function* (context) {
    backupKind(context);
    const mode = parseMode(context.value('mode') ?? '755', 0);
    if (!mode) return context.die(`invalid mode ${context.quote(context.value('mode') ?? '')}`);
    const owner = ownerOf(context);
    if (context.has('directory')) {
      if (context.operands.length === 0) throw new UsageError('missing file operand');
      for (const path of context.operands)
        if (makeDirectories(context, path)) finish(context, path, mode(0, true), owner);
      return undefined;
    }
    if (context.has('D') && context.operands.length === 2)
      makeDirectories(context, directoryName(context.operands[1] as string));
    if (context.has('D') && context.has('target-directory'))
      makeDirectories(context, context.value('target-directory') as string);
    for (const { from, to } of transfersOf(context)) {
      const copied = yield* copyTree(context, from, to, {
        recursive: false,
        follow: 'all',
        mode: false,
        owner: false,
        times: context.has('preserve-timestamps'),
        verbose: context.has('verbose'),
        force: true,
        *mayReplace() {
          const kept = keepBackup(context, to);
          if (kept === undefined) context.sys.unlink(to);
          return true;
        },
        backup: () => undefined,
      });
      if (copied) finish(context, to, mode(0, false), owner);
    }
    return undefined;
  },
);

interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

function ownerOf(context: Context): Owner {
  const accounts = new Accounts(context.sys);
  const user = context.value('owner');
  const group = context.value('group');
  return {
    uid:
      user === undefined ? undefined : (accounts.findUid(user) ?? context.die(`invalid user ${context.quote(user)}`)),
    gid:
      group === undefined
        ? undefined
        : (accounts.findGid(group) ?? context.die(`invalid group ${context.quote(group)}`)),
  };
}

function finish(context: Context, path: string, mode: number, { uid, gid }: Owner): void {
  try {
    if (uid !== undefined || gid !== undefined) context.sys.changeOwner(path, uid, gid);
    context.sys.changeMode(path, mode);
  } catch (thrown) {
    context.fail(`cannot change ownership of ${context.quoteName(path)}: ${reason(thrown)}`);
  }
}

function makeDirectories(context: Context, path: string): boolean {
  if (look(context.sys, path)?.type === 'directory') return true;
  const parent = directoryName(path);
  if (parent !== path && !makeDirectories(context, parent)) return false;
  try {
    context.sys.makeDirectory(path, 0o755);
    if (context.has('verbose')) context.print(`${context.name}: creating directory ${context.quoteName(path)}\n`);
    return true;
  } catch (thrown) {
    context.fail(`cannot create directory ${context.quoteName(path)}: ${reason(thrown)}`);
    return false;
  }
}
