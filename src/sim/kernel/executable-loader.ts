import type { Bytes } from './bytes.js';
import { decodeText, NO_BYTES } from './bytes.js';
import { Errno } from './errno.js';
import { imageName } from './executable.js';
import type { Credentials, FileSystem } from './files.js';
import type { Program } from './sys.js';

/** Interpreters may be scripts themselves, but not for ever (execve(2)). */
const INTERPRETERS_MAX = 4;
const HEADER_BYTES = 512;

/** A program ready to run, with the arguments it gets (a script's interpreter gets the script's path). */
export interface FoundProgram {
  /** The name that its image carries. */
  readonly name: string;
  readonly program: Program;
  readonly args: readonly string[];
  /** The owner, when the program's file has the set-user-ID bit. */
  readonly setUser: number | undefined;
}

/**
 * Finds what a file runs: a program's image, or the interpreter its `#!` line names. `given` is the path as the caller
 * wrote it, which a script's interpreter is given. Throws ENOENT, EACCES, EISDIR, ENOTDIR, ENOEXEC, ELOOP.
 */
export function findProgram(
  files: FileSystem,
  path: string,
  given: string,
  args: readonly string[],
  who: Credentials,
  programs: ReadonlyMap<string, Program>,
): FoundProgram {
  let absolute = path;
  let shown = given;
  let result = args;
  for (let depth = 0; depth < INTERPRETERS_MAX; depth += 1) {
    const header = readHeader(files, absolute, who);
    const name = imageName(header);
    if (name !== undefined) {
      const program = programs.get(name);
      if (!program) throw new Errno('ENOEXEC');
      const { mode, uid } = files.stat(absolute, who);
      // Scripts do not get the bit's effect on Linux.
      return { name, program, args: result, setUser: depth === 0 && (mode & 0o4000) !== 0 ? uid : undefined };
    }
    const interpreter = /^#!\s*(\S+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/.exec(decodeText(header));
    if (!interpreter) throw new Errno('ENOEXEC');
    const [, file = '', option] = interpreter;
    result = [file, ...(option ? [option] : []), shown, ...result.slice(1)];
    absolute = file;
    shown = file;
  }
  throw new Errno('ELOOP');
}

function readHeader(files: FileSystem, path: string, who: Credentials): Bytes {
  const stat = files.stat(path, who);
  if (stat.type !== 'file') throw new Errno('EACCES');
  files.access(path, { execute: true }, who);
  // The kernel itself reads: x without r is enough to run a program.
  const file = files.open(path, { read: true }, 0, { uid: 0, gid: 0, groups: [] });
  try {
    return file.tryRead(HEADER_BYTES) ?? NO_BYTES;
  } finally {
    file.release();
  }
}
