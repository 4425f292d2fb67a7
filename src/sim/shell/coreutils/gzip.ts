import { gunzipSync, gzipSync } from 'node:zlib';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ask } from './ask.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { readAll, work } from './io.js';
import { joinPath, look, namesIn } from './paths.js';

const OPTIONS = [
  'a ascii : (ignored)',
  'c stdout to-stdout : to standard output, keep the files',
  'd decompress uncompress : decompress',
  'f force : overwrite',
  'k keep : keep the files',
  'l list : sizes',
  'n no-name : (ignored)',
  'N name : (ignored)',
  'q quiet : fewer messages',
  'r recursive : what is in directories',
  'S suffix=SUF : this suffix',
  't test : only look whether it is whole',
  'v verbose : say what is done',
  '1 fast : faster',
  '2 : (level)',
  '3 : (level)',
  '4 : (level)',
  '5 : (level)',
  '6 : (level)',
  '7 : (level)',
  '8 : (level)',
  '9 best : smaller',
];

function gzipProgram(name: string, mode: 'compress' | 'decompress' | 'show'): Program {
  return command(
    { name, summary: 'Compress or uncompress FILEs.', version: '1.12', options: OPTIONS },
    function* (context) {
      const decompress = mode !== 'compress' || context.has('decompress') || context.has('test') || context.has('list');
      const show = mode === 'show' || context.has('stdout');
      for (const path of context.operands.length > 0 ? context.operands : ['-'])
        yield* treat(context, path, decompress, show);
      return undefined;
    },
  );
}

/** `gzip`. */
export const gzip: Program = gzipProgram('gzip', 'compress');
/** `gunzip`. */
export const gunzip: Program = gzipProgram('gunzip', 'decompress');
/** `zcat`. */
export const zcat: Program = gzipProgram('zcat', 'show');

/** Compressed bytes; the same input gives the same output. */
export function compress(bytes: Uint8Array, level = 6): Uint8Array {
  const result = gzipSync(bytes, { level });
  // The operating system field is Node's guess; gzip here runs on Unix.
  result[9] = 3;
  return result;
}

/** What compressed bytes hold; undefined when they are none or damaged. */
export function decompress(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(bytes);
  } catch {
    return undefined;
  }
}

function* treat(context: Context, given: string, unpack: boolean, show: boolean): Waiting<void> {
  const { sys } = context;
  const suffix = context.value('suffix') ?? '.gz';
  const path = unpack && given !== '-' && !look(sys, given) ? given + suffix : given;
  const stat = path === '-' ? undefined : look(sys, path);
  if (stat?.type === 'directory') {
    if (!context.has('recursive')) ignore(context, `${given} is a directory -- ignored`, 2);
    else for (const name of namesIn(sys, given)) yield* treat(context, joinPath(given, name), unpack, show);
    return;
  }
  if (
    unpack &&
    !show &&
    path !== '-' &&
    !context.has('list') &&
    !context.has('test') &&
    stat &&
    !path.endsWith(suffix) &&
    !path.endsWith('.tgz')
  ) {
    ignore(context, `${path}: unknown suffix -- ignored`, 2);
    return;
  }
  let bytes: Uint8Array;
  try {
    bytes = yield* readAll(sys, path === '-' ? 0 : sys.open(path, { read: true }));
  } catch (thrown) {
    context.output.add(
      2,
      `gzip: ${given}${unpack && !given.endsWith(suffix) && path !== '-' ? suffix : ''}: ${reason(thrown)}\n`,
    );
    context.status = 1;
    return;
  }
  yield* work(sys, bytes.length * 16);
  const level = Number(
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find((key) => context.has(key)) ??
      (context.has('fast') ? 1 : context.has('best') ? 9 : 6),
  );
  const result = unpack ? decompress(bytes) : compress(bytes, level);
  if (!result) {
    context.output.add(2, `\ngzip: ${path === '-' ? 'stdin' : path}: not in gzip format\n`);
    context.status = 1;
    return;
  }
  if (context.has('list')) list(context, path, bytes.length, result.length, suffix);
  else if (context.has('test')) return;
  else if (show || path === '-') {
    if (!unpack && sys.terminal(1) && !context.has('force')) {
      context.output.add(
        2,
        `gzip: compressed data not written to a terminal. Use -f to force compression.\nFor help, type: gzip -h\n`,
      );
      context.status = 1;
      return;
    }
    context.print(result);
    yield* context.flush();
  } else yield* replace(context, path, result, unpack, suffix, bytes.length);
}

function* replace(
  context: Context,
  path: string,
  result: Uint8Array,
  unpack: boolean,
  suffix: string,
  before: number,
): Waiting<void> {
  const { sys } = context;
  if (!unpack && path.endsWith(suffix)) {
    ignore(context, `${path} already has ${suffix} suffix -- unchanged`, 0);
    return;
  }
  const target = unpack
    ? path.endsWith('.tgz')
      ? `${path.slice(0, -4)}.tar`
      : path.slice(0, -suffix.length)
    : path + suffix;
  if (look(sys, target) && !context.has('force')) {
    if (!sys.terminal(0) || !(yield* ask(context, `${target} already exists; do you wish to overwrite (y or n)? `))) {
      context.output.add(2, `gzip: ${target} already exists;\tnot overwritten\n`);
      context.status = 2;
      return;
    }
  }
  const stat = sys.stat(path);
  sys.writeFile(target, result, stat.mode);
  sys.changeMode(target, stat.mode);
  if (sys.credentials.uid === 0) sys.changeOwner(target, stat.uid, stat.gid);
  sys.setTimes(target, stat.accessed, stat.modified);
  if (!context.has('keep')) sys.unlink(path);
  if (context.has('verbose')) {
    const [small, large] = unpack ? [before, result.length] : [result.length, before];
    context.output.add(
      2,
      `${path}:\t${ratio(small, large)}% -- ${context.has('keep') ? 'created' : 'replaced with'} ${target}\n`,
    );
  }
}

function ignore(context: Context, message: string, status: number): void {
  context.output.add(2, `gzip: ${message}\n`);
  context.status = Math.max(context.status, status);
}

function ratio(small: number, large: number): string {
  return (large === 0 ? 0 : 100 - ((small - 18) * 100) / large).toFixed(1).padStart(5);
}

function list(context: Context, path: string, packed: number, plain: number, suffix: string): void {
  context.print(
    `         compressed        uncompressed  ratio uncompressed_name\n${String(packed).padStart(19)} ${String(plain).padStart(19)} ${ratio(packed, plain)}% ${path.replace(new RegExp(`\\${suffix}$`), '')}\n`,
  );
}
