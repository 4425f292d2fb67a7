import type { Program } from '../../kernel/sys.js';
import { ask } from './ask.js';
import { BACKUP_OPTIONS, backupKind, keepBackup } from './backup.js';
import { baseName } from './basename.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { directoryName } from './dirname.js';
import { UsageError } from './options.js';
import { absolutePath, joinPath, look } from './paths.js';
import type { Transfer } from './targets.js';

/** `ln`: makes links. */
export const ln: Program = command(
  {
    name: 'ln',
    usage: '[OPTION]... TARGET... LINK_NAME',
    summary: 'Create links, hard ones by default, symbolic ones with --symbolic.',
    options: [
      ...BACKUP_OPTIONS,
      'd F directory : (ignored)',
      'f force : remove what is there',
      'i interactive : ask before removing',
      'L logical : follow links in TARGETs',
      'n no-dereference : treat LINK_NAME as a file if it is a link to a directory',
      'P physical : hard links to links',
      'r relative : with -s, relative to where the link is',
      's symbolic : symbolic links',
      't target-directory=DIRECTORY : links in DIRECTORY',
      'T no-target-directory : LINK_NAME is a file',
      'v verbose : say what is linked',
    ],
  },
  function* (context) {
    backupKind(context);
    for (const transfer of linksOf(context)) {
      const existing = look(context.sys, transfer.to, false);
      if (existing && existing.type !== 'directory' && context.last('force', 'interactive') === 'interactive') {
        if (!(yield* ask(context, `replace ${context.quoteName(transfer.to)}? `))) continue;
      }
      link(context, transfer);
    }
    return undefined;
  },
);

function linksOf(context: Context): Transfer[] {
  const { operands, sys } = context;
  if (operands.length === 0) throw new UsageError('missing file operand');
  const last = operands.at(-1) as string;
  const isDirectory = (path: string) => look(sys, path, !context.has('no-dereference'))?.type === 'directory';
  const directory = context.value('target-directory') ?? (operands.length === 1 ? '.' : undefined);
  if (directory !== undefined) return operands.map((from) => ({ from, to: joinPath(directory, baseName(from)) }));
  if (!context.has('no-target-directory') && isDirectory(last))
    return operands.slice(0, -1).map((from) => ({ from, to: joinPath(last, baseName(from)) }));
  if (operands.length > 2)
    context.die(
      `target ${context.quoteName(last)}: ${look(sys, last) ? 'Not a directory' : 'No such file or directory'}`,
    );
  return [{ from: operands[0] as string, to: last }];
}

function link(context: Context, { from, to }: Transfer): void {
  const { sys } = context;
  const symbolic = context.has('symbolic');
  const target =
    symbolic && context.has('relative')
      ? relativePath(absolutePath(sys, directoryName(to)), absolutePath(sys, from))
      : from;
  if (!symbolic) {
    try {
      if (sys.lstat(from).type === 'directory') {
        context.fail(`${context.showName(from)}: hard link not allowed for directory`);
        return;
      }
    } catch (thrown) {
      context.fail(`failed to access ${context.quoteName(from)}: ${reason(thrown)}`);
      return;
    }
  }
  try {
    const existing = look(sys, to, false);
    const kept = existing ? keepBackup(context, to) : undefined;
    if (existing && !kept && (context.has('force') || context.has('interactive'))) {
      if (existing.type === 'directory') {
        context.fail(`${context.showName(to)}: cannot overwrite directory`);
        return;
      }
      sys.unlink(to);
    }
    if (symbolic) sys.symlink(target, to);
    else sys.link(from, to);
    if (context.has('verbose'))
      context.print(`${context.quoteName(to)} ${symbolic ? '->' : '=>'} ${context.quoteName(target)}\n`);
  } catch (thrown) {
    const kind = symbolic ? 'symbolic link' : 'hard link';
    const words = reason(thrown);
    const toward = symbolic || words === 'File exists' ? '' : ` => ${context.quoteName(from)}`;
    context.fail(`failed to create ${kind} ${context.quoteName(to)}${toward}: ${words}`);
  }
}

/** The way from a directory to a path, both absolute. */
export function relativePath(from: string, to: string): string {
  const start = from.split('/').filter((part) => part !== '');
  const end = to.split('/').filter((part) => part !== '');
  let shared = 0;
  while (shared < start.length && shared < end.length && start[shared] === end[shared]) shared += 1;
  return [...start.slice(shared).map(() => '..'), ...end.slice(shared)].join('/') || '.';
}
