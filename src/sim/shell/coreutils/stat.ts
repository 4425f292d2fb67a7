import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { readEscape } from '../format/escapes.js';
import { strftime } from '../format/strftime.js';
import { Accounts } from './accounts.js';
import { civilMicros, zoneOfProcess } from './clock.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { modeString, typeWords } from './modes.js';
import { UsageError } from './options.js';

const BLOCK = 4096;
const TYPE_BITS = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  'block-device': 0o060000,
  'character-device': 0o020000,
  fifo: 0o010000,
  socket: 0o140000,
} as const;

/** `stat`: what there is to know of a file. */
export const stat: Program = command(
  {
    name: 'stat',
    usage: '[OPTION]... FILE...',
    summary: 'Display file or file system status.',
    options: [
      'L dereference : follow links',
      'f file-system : the file system instead of the file',
      'cached=MODE : (ignored)',
      'c format=FORMAT : FORMAT instead of the default, with a newline',
      'printf=FORMAT : as --format, with escapes and without newline',
      't terse : in one line',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    for (const path of context.operands) {
      try {
        const info =
          path === '-'
            ? context.sys.statDescriptor(0)
            : context.has('dereference')
              ? context.sys.stat(path)
              : context.sys.lstat(path);
        context.print(context.has('file-system') ? fileSystemText(path) : describe(context, path, info));
      } catch (thrown) {
        context.fail(`cannot statx ${context.quoteName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);

function describe(context: Context, path: string, info: FileStat): string {
  const key = context.last('format', 'printf');
  if (key === 'format') return `${statText(context, context.value('format') ?? '', path, info)}\n`;
  if (key === 'printf') return statText(context, unescaped(context.value('printf') ?? ''), path, info);
  if (context.has('terse'))
    return `${statText(context, '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o', path, info)}\n`;
  const device = info.type.endsWith('-device') ? ' Device type: %t,%T' : '';
  const format =
    `  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: %Hd,%Ld\tInode: %-10i  Links: ${device ? `%-5h${device}` : '%h'}\n` +
    'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n';
  return statText(context, format, path, info, true);
}

function unescaped(text: string): string {
  let result = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '\\') {
      result += text[at];
      at += 1;
      continue;
    }
    const read = readEscape(text, at, { dialect: 'coreutils', where: 'format' });
    result += read.text;
    at = read.next;
  }
  return result;
}

/** A file by a format of `-c`. `plainName`: %N shows an ordinary name without quotes, as the default format does. */
export function statText(context: Context, format: string, path: string, info: FileStat, plainName = false): string {
  const values = valuesOf(context, path, info, plainName);
  return format.replace(
    /%([-#0+ ']*)(\d*)(?:\.(\d*))?([HL]?)([a-zA-Z%])/g,
    (whole, flags: string, width: string, precision: string | undefined, half: string, letter: string) => {
      if (letter === '%') return '%';
      const value = values(half + letter);
      if (value === undefined) return whole.replace(/.$/, '?');
      const text = precision ? value.slice(0, Number(precision)) : value;
      if (flags.includes('-')) return text.padEnd(Number(width));
      return text.padStart(Number(width), flags.includes('0') ? '0' : ' ');
    },
  );
}

function valuesOf(
  context: Context,
  path: string,
  info: FileStat,
  plainName: boolean,
): (letter: string) => string | undefined {
  const { sys } = context;
  const accounts = new Accounts(sys);
  const zone = zoneOfProcess(sys);
  const clock = (instant: Micros) => strftime('%Y-%m-%d %H:%M:%S.%N %z', civilMicros(instant, zone));
  const seconds = (instant: Micros) => String(Math.floor(instant / SECOND));
  const quoted = plainName ? context.showName(path) : context.quoteName(path);
  const table: Record<string, () => string> = {
    a: () => info.mode.toString(8),
    A: () => modeString(info.type, info.mode),
    b: () => String(Math.ceil(info.size / BLOCK) * 8 || (info.type === 'directory' ? 8 : 0)),
    B: () => '512',
    d: () => String(info.device),
    D: () => info.device.toString(16),
    Hd: () => '254',
    Ld: () => String(info.device % 256),
    f: () => (TYPE_BITS[info.type] | info.mode).toString(16),
    F: () => typeWords(info),
    g: () => String(info.gid),
    G: () => accounts.groupName(info.gid),
    h: () => String(info.links),
    i: () => String(info.inode),
    m: () => '/',
    n: () => path,
    N: () =>
      info.type === 'symlink'
        ? `${quoted} -> ${plainName ? context.showName(sys.readLink(path)) : context.quoteName(sys.readLink(path))}`
        : quoted,
    o: () => String(BLOCK),
    s: () => String(info.size),
    t: () => '0',
    T: () => '0',
    u: () => String(info.uid),
    U: () => accounts.userName(info.uid),
    w: () => '-',
    W: () => '0',
    x: () => clock(info.accessed),
    X: () => seconds(info.accessed),
    y: () => clock(info.modified),
    Y: () => seconds(info.modified),
    z: () => clock(info.changed),
    Z: () => seconds(info.changed),
  };
  return (letter) => table[letter]?.();
}

function fileSystemText(path: string): string {
  return `  File: "${path}"\n    ID: 0        Namelen: 255     Type: ext2/ext3\nBlock size: 4096       Fundamental block size: 4096\n`;
}
