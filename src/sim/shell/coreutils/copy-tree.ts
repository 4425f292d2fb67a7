import { isErrno } from '../../kernel/errno.js';
import type { FileStat } from '../../kernel/files.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { reason } from './command.js';
import { CHUNK_BYTES, work } from './io.js';
import { isSameFile, joinPath, look, namesIn } from './paths.js';

/** How things are copied. */
export interface CopyRules {
  readonly recursive: boolean;
  /** Which symbolic links are followed. */
  readonly follow: 'all' | 'operands' | 'none';
  readonly mode: boolean;
  readonly owner: boolean;
  readonly times: boolean;
  readonly verbose: boolean;
  readonly force: boolean;
  /** Whether a file that is there is to be replaced. Asks, may say no. */
  mayReplace(to: string, from: FileStat, existing: FileStat): Waiting<boolean>;
  /** Called before a file is replaced; tells where the old one was kept. */
  backup(path: string): string | undefined;
}

/** Copies a file or a tree; false after a message. */
export function* copyTree(
  context: Context,
  from: string,
  to: string,
  rules: CopyRules,
  top?: FileStat,
): Waiting<boolean> {
  const { sys } = context;
  const follow = rules.follow === 'all' || (rules.follow === 'operands' && top === undefined);
  let stat: FileStat;
  try {
    stat = follow ? sys.stat(from) : sys.lstat(from);
  } catch (thrown) {
    context.fail(`cannot stat ${context.quoteName(from)}: ${reason(thrown)}`);
    return false;
  }
  yield* work(sys, 0);
  if (stat.type === 'directory' && !rules.recursive) {
    context.fail(`-r not specified; omitting directory ${context.quoteName(from)}`);
    return false;
  }
  const blocked = blockedBy(sys, to);
  if (blocked) {
    context.fail(`cannot stat ${context.quoteName(to)}: ${blocked}`);
    return false;
  }
  const existing = look(sys, to, stat.type !== 'symlink');
  if (existing && isSameFile(stat, existing) && stat.type !== 'directory') {
    context.fail(`${context.quoteName(from)} and ${context.quoteName(to)} are the same file`);
    return false;
  }
  if (stat.type === 'directory') return yield* copyDirectory(context, from, to, stat, existing, rules, top);
  if (existing?.type === 'directory') {
    context.fail(`cannot overwrite directory ${context.quoteName(to)} with non-directory`);
    return false;
  }
  if (existing && !(yield* rules.mayReplace(to, stat, existing))) return true;
  return yield* copyLeaf(context, from, to, stat, existing, rules);
}

function* copyDirectory(
  context: Context,
  from: string,
  to: string,
  stat: FileStat,
  existing: FileStat | undefined,
  rules: CopyRules,
  top: FileStat | undefined,
): Waiting<boolean> {
  const { sys } = context;
  if (existing && existing.type !== 'directory') {
    context.fail(`cannot overwrite non-directory ${context.quoteName(to)} with directory ${context.quoteName(from)}`);
    return false;
  }
  let made: FileStat | undefined;
  let names: string[];
  try {
    if (!existing) {
      sys.makeDirectory(to, (rules.mode ? stat.mode : stat.mode & ~sys.umask()) | 0o700);
      made = sys.stat(to);
      if (rules.verbose) context.print(`${context.quoteName(from)} -> ${context.quoteName(to)}\n`);
    }
    names = namesIn(sys, from);
  } catch (thrown) {
    const words = reason(thrown);
    context.fail(
      look(sys, to) || words === 'Permission denied'
        ? `cannot access ${context.quoteName(from)}: ${words}`
        : `cannot create directory ${context.quoteName(to)}: ${words}`,
    );
    return false;
  }
  let all = true;
  for (const name of names) {
    const child = joinPath(from, name);
    const childStat = look(sys, child, false);
    // Copying a tree into itself must end somewhere: what was just made is left out.
    if (childStat && made && isSameFile(childStat, made)) {
      context.fail(`cannot copy a directory, ${context.quoteName(from)}, into itself, ${context.quoteName(to)}`);
      all = false;
      continue;
    }
    all = (yield* copyTree(context, child, joinPath(to, name), rules, top ?? stat)) && all;
  }
  if (made || rules.mode) finish(context, to, stat, rules, made !== undefined);
  return all;
}

function* copyLeaf(
  context: Context,
  from: string,
  to: string,
  stat: FileStat,
  existing: FileStat | undefined,
  rules: CopyRules,
): Waiting<boolean> {
  const { sys } = context;
  try {
    const kept = existing ? rules.backup(to) : undefined;
    if (stat.type === 'symlink') {
      if (existing && !kept) sys.unlink(to);
      sys.symlink(sys.readLink(from), to);
    } else if (stat.type === 'fifo' || stat.type === 'socket') {
      context.fail(`cannot copy special file ${context.quoteName(from)}`);
      return false;
    } else if (!(yield* copyContent(context, from, to, stat, existing !== undefined && !kept, rules))) return false;
    if (rules.verbose)
      context.print(
        `${context.quoteName(from)} -> ${context.quoteName(to)}${kept ? ` (backup: ${context.quoteName(kept)})` : ''}\n`,
      );
  } catch (thrown) {
    context.fail(
      `cannot create ${stat.type === 'symlink' ? 'symbolic link' : 'regular file'} ${context.quoteName(to)}: ${reason(thrown)}`,
    );
    return false;
  }
  if (stat.type !== 'symlink') finish(context, to, stat, rules, false);
  return true;
}

function* copyContent(
  context: Context,
  from: string,
  to: string,
  stat: FileStat,
  existed: boolean,
  rules: CopyRules,
): Waiting<boolean> {
  const { sys } = context;
  let source: number;
  try {
    source = sys.open(from, { read: true });
  } catch (thrown) {
    context.fail(`cannot open ${context.quoteName(from)} for reading: ${reason(thrown)}`);
    return false;
  }
  try {
    const target = openTarget(context, to, stat, existed, rules);
    if (target === undefined) return false;
    for (;;) {
      const chunk = yield* sys.read(source, CHUNK_BYTES);
      if (chunk.length === 0) break;
      yield* sys.write(target, chunk);
    }
    sys.close(target);
    return true;
  } finally {
    sys.close(source);
  }
}

function openTarget(
  context: Context,
  to: string,
  stat: FileStat,
  existed: boolean,
  rules: CopyRules,
): number | undefined {
  const { sys } = context;
  const flags = { write: true, create: true, truncate: true };
  const mode = stat.mode & 0o777;
  try {
    if (to.endsWith('/') && !existed) {
      context.fail(`cannot create regular file ${context.quoteName(to)}: Not a directory`);
      return undefined;
    }
    return sys.open(to, flags, mode);
  } catch (thrown) {
    if (existed && rules.force) {
      sys.unlink(to);
      return sys.open(to, flags, mode);
    }
    if (existed) {
      context.fail(`cannot create regular file ${context.quoteName(to)}: ${reason(thrown)}`);
      return undefined;
    }
    throw thrown;
  }
}

/** Owner first: changing it may clear bits of the mode. */
function finish(context: Context, path: string, stat: FileStat, rules: CopyRules, made: boolean): void {
  const { sys } = context;
  try {
    if (rules.owner && (sys.credentials.uid === 0 || sys.credentials.uid === stat.uid))
      sys.changeOwner(path, stat.uid, stat.gid);
    if (rules.mode) sys.changeMode(path, stat.mode);
    else if (made) sys.changeMode(path, stat.mode & ~sys.umask());
    if (rules.times) sys.setTimes(path, stat.accessed, stat.modified);
  } catch (thrown) {
    context.fail(`preserving permissions for ${context.quoteName(path)}: ${reason(thrown)}`);
  }
}

/** The words of an error other than that nothing is there yet. */
function blockedBy(sys: Sys, path: string): string | undefined {
  if (path.endsWith('/')) return undefined;
  try {
    sys.lstat(path);
    return undefined;
  } catch (thrown) {
    return isErrno(thrown, 'ENOENT') ? undefined : reason(thrown);
  }
}
