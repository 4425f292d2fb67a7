import type { Errno } from '../../kernel/errno.js';
import { isErrno } from '../../kernel/errno.js';
import { waitForChild } from '../../kernel/libc/child.js';
import type { ChildOptions, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The places a program of this name may be at: itself when it has a slash, else along PATH. */
export function* programPaths(sys: Sys, name: string): Generator<string> {
  if (name.includes('/')) {
    yield name;
    return;
  }
  for (const directory of (sys.environment.get('PATH') ?? PATH_DEFAULT).split(':')) yield `${directory || '.'}/${name}`;
}

/** Starts a program found along PATH; the error of the search when it cannot. */
export function startCommand(sys: Sys, args: readonly string[], options: ChildOptions = {}): number | Errno {
  let refused: Errno | undefined;
  for (const path of programPaths(sys, args[0] as string)) {
    try {
      return sys.spawn(path, args, options);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (!refused || !isErrno(thrown, 'ENOENT', 'ENOTDIR')) refused = thrown;
    }
  }
  return refused as Errno;
}

/** Becomes a program found along PATH; the error of the search when it cannot. */
export function* execCommand(
  sys: Sys,
  args: readonly string[],
  environment?: ReadonlyMap<string, string>,
): Waiting<number | Errno> {
  let refused: Errno | undefined;
  for (const path of programPaths(sys, args[0] as string)) {
    try {
      return yield* sys.exec(path, args, environment);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (!refused || !isErrno(thrown, 'ENOENT', 'ENOTDIR')) refused = thrown;
    }
  }
  return refused as Errno;
}

/** Runs a program and waits for it; its status as a shell has it, or the error when it cannot be started. */
export function* runCommand(sys: Sys, args: readonly string[], options: ChildOptions = {}): Waiting<number | Errno> {
  const pid = startCommand(sys, args, options);
  return typeof pid === 'number' ? yield* waitForChild(sys, pid) : pid;
}
