import { decodeText } from '../kernel/bytes.js';
import { capable } from '../kernel/capabilities.js';
import { Errno, isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

interface Line {
  readonly source: string;
  readonly path: string;
  readonly type: string;
  readonly options: string;
}

function mountLines(sys: Sys): Line[] {
  const plain = (text: string) =>
    text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return decodeText(sys.readFile('/proc/self/mounts'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [source = '', path = '', type = '', options = ''] = line.split(' ').map(plain);
      return { source, path, type, options };
    });
}

function* list(sys: Sys, type: string | undefined): Waiting<number> {
  const lines = mountLines(sys).filter((line) => type === undefined || type.split(',').includes(line.type));
  yield* print(
    sys,
    lines.map((line) => `${line.source} on ${line.path} type ${line.type} (${line.options})\n`).join(''),
  );
  return 0;
}

/** `--bind`: shows a directory at a second place. */
function* bind(sys: Sys, from: string, to: string, readOnly: boolean): Waiting<number> {
  try {
    sys.stat(to);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(
      sys,
      `mount: ${to}: mount point does not exist.\n       dmesg(1) may have more information after failed mount system call.\n`,
    );
    return 32;
  }
  try {
    if (!capable(sys.credentials, 'SYS_ADMIN')) throw new Errno('EPERM');
    const files = sys.fileSystem();
    files.mount(sys.realPath(to), files, { subPath: sys.realPath(from), readOnly });
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    const why = error.code === 'ENOENT' ? `special device ${from} does not exist` : error.message.toLowerCase();
    yield* printError(
      sys,
      `mount: ${to}: ${why}.\n       dmesg(1) may have more information after failed mount system call.\n`,
    );
    return 32;
  }
}

function* mountRun(sys: Sys): Waiting<number> {
  const words: string[] = [];
  let type: string | undefined;
  let options = '';
  const args = sys.args.slice(1);
  for (let arg = args.shift(); arg !== undefined; arg = args.shift()) {
    if (arg === '-t') type = args.shift();
    else if (arg === '-o') options += `,${args.shift() ?? ''}`;
    else if (arg === '--bind' || arg === '-B') options += ',bind';
    else if (arg === '-r') options += ',ro';
    else if (!arg.startsWith('-')) words.push(arg);
  }
  const [from, to] = words;
  if (from === undefined) return yield* list(sys, type);
  if (sys.credentials.uid !== 0) {
    yield* printError(
      sys,
      `mount: ${to ?? from}: must be superuser to use mount.\n       dmesg(1) may have more information after failed mount system call.\n`,
    );
    return 1;
  }
  if (to === undefined) {
    yield* printError(sys, `mount: ${from}: can't find in /etc/fstab.\n`);
    return 1;
  }
  const flags = options.split(',');
  if (flags.includes('bind')) return yield* bind(sys, from, to, flags.includes('ro'));
  yield* printError(
    sys,
    `mount: ${to}: special device ${from} does not exist.\n       dmesg(1) may have more information after failed mount system call.\n`,
  );
  return 32;
}

function* umountRun(sys: Sys): Waiting<number> {
  let status = 0;
  const paths = sys.args.slice(1).filter((arg) => !arg.startsWith('-'));
  if (paths.length === 0) {
    yield* printError(sys, "umount: bad usage\nTry 'umount --help' for more information.\n");
    return 1;
  }
  for (const path of paths) {
    const problem = unmountProblem(sys, path);
    if (problem === undefined) continue;
    yield* printError(sys, `umount: ${path}: ${problem}.\n`);
    status = 32;
  }
  return status;
}

function unmountProblem(sys: Sys, path: string): string | undefined {
  try {
    const real = sys.realPath(path);
    if (!mountLines(sys).some((line) => line.path === real)) return 'not mounted';
    if (sys.credentials.uid !== 0) return 'must be superuser to unmount';
    if (real === '/') return 'target is busy';
    if (!capable(sys.credentials, 'SYS_ADMIN')) throw new Errno('EPERM');
    sys.fileSystem().unmount(real);
    return undefined;
  } catch (error) {
    if (isErrno(error, 'EBUSY')) return 'target is busy';
    if (isErrno(error, 'ENOENT')) return 'no mount point specified';
    if (isErrno(error)) return error.message.toLowerCase();
    throw error;
  }
}

function* run(sys: Sys): Waiting<number> {
  return yield* sys.args[0]?.split('/').at(-1) === 'umount' ? umountRun(sys) : mountRun(sys);
}

/** mount and umount: what is mounted where, and directories shown at a second place. */
export const mount: InstalledProgram = { name: 'mount', paths: ['/usr/bin/mount', '/usr/bin/umount'], run };
