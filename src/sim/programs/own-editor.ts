import type { Bytes } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** Files that an editor was started on. */
export interface EditedFiles {
  readonly paths: readonly string[];
  readonly readonly: boolean;
}

/**
 * Has files edited in the person's own editor, one after another, and returns the exit status; undefined when the
 * program is to edit them by itself: where no such editor is, nobody at a terminal, or something that only the program
 * can explain (a directory, a file that nobody may read, a place where nothing can be saved).
 */
export function* editOutside(sys: Sys, { paths, readonly }: EditedFiles): Waiting<number | undefined> {
  if (!sys.hasOwnEditor() || paths.length === 0 || !hasTerminal(sys)) return undefined;
  if (!paths.every((path) => isEditable(sys, path))) return undefined;
  for (const path of paths) {
    const before = contentOf(sys, path);
    const answer = yield* sys.askOutside({
      kind: 'edit',
      path,
      bytes: before,
      readonly: readonly || (before !== undefined && !may(sys, path)),
    });
    switch (answer.kind) {
      case 'nobody':
        return undefined;
      case 'left':
        break;
      case 'failed':
        return yield* fail(sys, answer.reason);
      case 'saved': {
        const refused = save(sys, path, before, answer.bytes);
        if (refused !== undefined) return yield* fail(sys, refused);
      }
    }
  }
  return 0;
}

/** In the foreground of a terminal, with somebody who types and looks. */
function hasTerminal(sys: Sys): boolean {
  const terminal = sys.terminal(0);
  return terminal !== undefined && terminal === sys.terminal(1) && sys.foreground(0) === sys.group();
}

function isEditable(sys: Sys, path: string): boolean {
  try {
    if (sys.stat(path).type !== 'file') return false;
    sys.access(path, { read: true });
    return true;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code === 'ENOENT' && path !== '' && may(sys, folderOf(path));
  }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.';
}

function may(sys: Sys, path: string): boolean {
  try {
    sys.access(path, { write: true });
    return true;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function contentOf(sys: Sys, path: string): Bytes | undefined {
  try {
    return sys.readFile(path);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Puts back what was saved; returns why that was impossible. */
function save(sys: Sys, path: string, before: Bytes | undefined, after: Bytes): string | undefined {
  if (before && Buffer.compare(before, after) === 0) return undefined;
  try {
    sys.writeFile(path, after, before ? undefined : 0o666 & ~sys.umask());
    return undefined;
  } catch (error) {
    if (isErrno(error)) return `${path}: ${error.message}`;
    throw error;
  }
}

function* fail(sys: Sys, reason: string): Waiting<number> {
  const name = (sys.args[0] ?? '').split('/').at(-1);
  yield* sys.write(2, `${name}: ${reason}\n`);
  return 1;
}
