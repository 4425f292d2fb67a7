import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { look } from './paths.js';

/** `file`: what kind of thing a file is. */
export const file: Program = command(
  {
    name: 'file',
    usage: '[OPTION...] [FILE...]',
    summary: 'Determine type of FILEs.',
    version: '-5.44',
    options: [
      'b brief : without names',
      'i mime : as a MIME type',
      'mime-type : so, without charset',
      'L dereference : follow links',
      'h no-dereference : follow no links',
      'z uncompress : (ignored)',
      's special-files : (ignored)',
      'k keep-going : (ignored)',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('');
    const width = Math.max(...context.operands.map((name) => name.length)) + 2;
    for (const name of context.operands) {
      const kind = kindOf(context, name);
      context.print(context.has('brief') ? `${kind}\n` : `${`${name}: `.padEnd(width)}${kind}\n`);
    }
    return 0;
  },
);

function kindOf(context: Context, path: string): string {
  const { sys } = context;
  const mime = context.has('mime') || context.has('mime-type');
  let stat: FileStat;
  try {
    stat = context.has('dereference') ? sys.stat(path) : sys.lstat(path);
  } catch (thrown) {
    return `cannot open \`${path}' (${reason(thrown)})`;
  }
  if (stat.type === 'symlink') {
    const target = sys.readLink(path);
    return mime ? 'inode/symlink' : `${look(sys, path) ? 'symbolic link to' : 'broken symbolic link to'} ${target}`;
  }
  if (stat.type !== 'file') {
    const words = {
      directory: stat.mode & 0o1000 ? 'sticky, directory' : 'directory',
      'block-device': 'block special (7/0)',
      'character-device': 'character special (1/3)',
      fifo: 'fifo (named pipe)',
      socket: 'socket',
    };
    return mime
      ? `inode/${stat.type.replace('block-', 'block').replace('character-', 'char')}; charset=binary`
      : words[stat.type];
  }
  try {
    const bytes = sys.readFile(path);
    return mime ? mimeOf(context, bytes) : contentWords(bytes);
  } catch (thrown) {
    return reason(thrown) === 'Permission denied'
      ? 'regular file, no read permission'
      : `cannot open (${reason(thrown)})`;
  }
}

function mimeOf(context: Context, bytes: Uint8Array): string {
  const words = contentWords(bytes);
  const text = /text/.test(words) || words.startsWith('JSON');
  const type =
    words === 'empty'
      ? 'inode/x-empty'
      : words.startsWith('JSON')
        ? 'application/json'
        : words.startsWith('ELF')
          ? 'application/x-pie-executable'
          : words.startsWith('gzip')
            ? 'application/gzip'
            : words.startsWith('POSIX tar')
              ? 'application/x-tar'
              : words.includes('shell script')
                ? 'text/x-shellscript'
                : text
                  ? 'text/plain'
                  : 'application/octet-stream';
  if (context.has('mime-type')) return type;
  return `${type}; charset=${!text || words === 'empty' ? 'binary' : words.includes('UTF-8') ? 'utf-8' : 'us-ascii'}`;
}

function contentWords(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'empty';
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1');
  if (start.startsWith('\x7fELF'))
    return 'ELF 64-bit LSB pie executable, x86-64, version 1 (SYSV), dynamically linked, interpreter /lib64/ld-linux-x86-64.so.2, for GNU/Linux 3.2.0, stripped';
  if (start.startsWith('\x1f\x8b')) return 'gzip compressed data, from Unix';
  if (start.slice(257, 262) === 'ustar') return 'POSIX tar archive (GNU)';
  const pem = /^-----BEGIN ((?:RSA |EC )?(?:CERTIFICATE REQUEST|CERTIFICATE|PRIVATE KEY|PUBLIC KEY))-----/.exec(
    start,
  )?.[1];
  if (pem)
    return pem === 'CERTIFICATE'
      ? 'PEM certificate'
      : pem.startsWith('CERT')
        ? 'PEM certificate request'
        : pem.endsWith('PRIVATE KEY')
          ? `${pem === 'PRIVATE KEY' ? 'OpenSSH private key (no password)' : `PEM ${pem}`}`
          : 'ASCII text';
  const text = bytesToText(bytes);
  if (/[\x00-\x06\x0e-\x1a\x1c-\x1f]/.test(text) || /\p{Surrogate}/u.test(text)) return 'data';
  const encoding = /[^\x00-\x7f]/.test(text) ? 'Unicode text, UTF-8 text' : 'ASCII text';
  const lines = text.includes('\r\n')
    ? ', with CRLF line terminators'
    : text.includes('\n')
      ? ''
      : ', with no line terminators';
  const script = /^#! ?(\S+)(?: (\S+))?/.exec(text);
  if (script) return `${interpreterWords(script[1] as string, script[2])}, ${encoding} executable${lines}`;
  if (/^\s*[[{]/.test(text) && isJson(text)) return 'JSON text data';
  return encoding + lines;
}

function interpreterWords(path: string, argument: string | undefined): string {
  const name = (path.endsWith('/env') ? (argument ?? '') : path).replace(/.*\//, '');
  if (name === 'bash') return 'Bourne-Again shell script';
  if (name === 'sh' || name === 'dash') return 'POSIX shell script';
  if (name.startsWith('python')) return 'Python script';
  return `a ${path} script`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
