import { isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { readAll } from '../kernel/libc/streams.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** A text, and its size in bytes where that is known before it is read. */
interface Shown {
  readonly lines: readonly string[];
  readonly size: number | undefined;
}

function* run(sys: Sys): Waiting<number> {
  const names = sys.args.slice(1).filter((arg) => !arg.startsWith('-'));
  if (names.length === 0 && sys.terminal(0)) {
    yield* sys.write(2, "more: bad usage\nTry 'more --help' for more information.\n");
    return 1;
  }
  for (const name of names.length > 0 ? names : [undefined]) {
    const text = name === undefined ? yield* input(sys) : yield* file(sys, name);
    if (!text) continue;
    if (names.length > 1) yield* sys.write(1, `${':'.repeat(14)}\n${name}\n${':'.repeat(14)}\n`);
    if (!sys.terminal(1)) yield* sys.write(1, text.lines.map((line) => `${line}\n`).join(''));
    else if (!(yield* show(sys, text))) return 0;
  }
  return 0;
}

const linesOf = (bytes: Uint8Array): string[] => Buffer.from(bytes).toString('utf8').replace(/\n$/, '').split('\n');

function* file(sys: Sys, name: string): Waiting<Shown | undefined> {
  try {
    if (sys.stat(name).type === 'directory') {
      yield* sys.write(1, `\n*** ${name}: directory ***\n\n`);
      return undefined;
    }
    const bytes = sys.readFile(name);
    return { lines: linesOf(bytes), size: bytes.length };
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `more: cannot open ${name}: ${error.message}\n`);
    return undefined;
  }
}

function* input(sys: Sys): Waiting<Shown> {
  return { lines: linesOf(yield* readAll(sys, 0)), size: undefined };
}

/** Page by page; false when it was left before the end. */
function* show(sys: Sys, { lines, size }: Shown): Waiting<boolean> {
  const keys = sys.open('/dev/tty', { read: true });
  const modes = sys.terminalModes(keys);
  sys.setTerminalModes(keys, { ...modes, echo: false, canonical: false });
  try {
    let at = 0;
    let bytes = 0;
    for (let wanted = rowsOf(sys); ; ) {
      for (let rows = 0; rows < wanted && at < lines.length; at += 1) {
        const line = lines[at] ?? '';
        rows += Math.max(1, Math.ceil(line.length / (sys.windowSize(1)?.columns ?? 80)));
        bytes += Buffer.byteLength(line) + 1;
        yield* sys.write(1, `${line}\x1b[K\n`);
      }
      if (at >= lines.length) return true;
      const share = size === undefined ? '' : `(${Math.floor((bytes * 100) / size)}%)`;
      yield* sys.write(1, `\x1b[7m--More--${share}\x1b[27m`);
      const asked = yield* nextKey(sys, keys);
      yield* sys.write(1, '\r\x1b[K');
      if (asked === 'leave') return false;
      wanted = asked === 'page' ? rowsOf(sys) : 1;
    }
  } finally {
    sys.setTerminalModes(keys, modes);
    sys.close(keys);
  }
}

const rowsOf = (sys: Sys): number => Math.max(1, (sys.windowSize(1)?.rows ?? 24) - 1);

/** Space or z: a page; Enter: a line; q: leave. What means nothing rings the bell. */
function* nextKey(sys: Sys, keys: number): Waiting<'page' | 'line' | 'leave'> {
  for (;;) {
    const bytes = yield* sys.read(keys, 1);
    const key = String.fromCharCode(bytes[0] ?? 0x71);
    if (key === ' ' || key === 'z') return 'page';
    if (key === '\r' || key === '\n') return 'line';
    if (/^[qQ]$/.test(key)) return 'leave';
    yield* sys.write(1, '\x07');
  }
}

/** more of util-linux: a text page by page, forward only. */
export const more: InstalledProgram = { name: 'more', paths: ['/usr/bin/more'], run };
