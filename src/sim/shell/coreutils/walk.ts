import type { FileStat } from '../../kernel/files.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { reason } from './command.js';
import { work } from './io.js';
import { joinPath, look, namesIn } from './paths.js';

/** Visits operands and, with --recursive, everything below them: parents first, links below not followed. */
export function* eachBelow(
  context: Context,
  operands: readonly string[],
  visit: (path: string, stat: FileStat) => void,
): Waiting<void> {
  for (const path of operands) {
    const stat = look(context.sys, path);
    if (!stat) {
      const dangling = look(context.sys, path, false)?.type === 'symlink';
      if (dangling && context.has('no-dereference')) visit(path, context.sys.lstat(path));
      else reportMissing(context, path, dangling);
      continue;
    }
    yield* visitTree(context, path, stat, visit);
  }
}

function reportMissing(context: Context, path: string, dangling: boolean): void {
  if (context.has('silent')) {
    context.status = 1;
    return;
  }
  try {
    context.sys.stat(path);
  } catch (thrown) {
    context.fail(
      dangling
        ? `cannot ${context.spec.name === 'chmod' ? 'operate on dangling symlink' : 'dereference'} ${context.quoteName(path)}${context.spec.name === 'chmod' ? '' : `: ${reason(thrown)}`}`
        : `cannot access ${context.quoteName(path)}: ${reason(thrown)}`,
    );
  }
}

function* visitTree(
  context: Context,
  path: string,
  stat: FileStat,
  visit: (path: string, stat: FileStat) => void,
): Waiting<void> {
  yield* work(context.sys, 0);
  visit(path, stat);
  if (!context.has('recursive') || stat.type !== 'directory') return;
  let names: string[] = [];
  try {
    names = namesIn(context.sys, path);
  } catch (thrown) {
    context.fail(`cannot read directory ${context.quoteName(path)}: ${reason(thrown)}`);
  }
  for (const name of names) {
    const child = joinPath(path, name);
    const childStat = look(context.sys, child, false);
    if (!childStat) continue;
    if (childStat.type === 'symlink') {
      if (context.spec.name !== 'chmod') visit(child, childStat);
    } else yield* visitTree(context, child, childStat, visit);
  }
}
