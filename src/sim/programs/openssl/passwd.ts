import { isErrno } from '../../kernel/errno.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { print, printError, readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, queued } from './failure.js';
import { Misuse, readOptions } from './options.js';
import { hashPassword, type PasswordWay, SALT_DIGITS, saltLength } from './password-hash.js';

const WAYS: readonly PasswordWay[] = ['1', 'apr1', 'aixmd5', '5', '6'];
const OPTIONS = {
  1: 'flag',
  5: 'flag',
  6: 'flag',
  aixmd5: 'flag',
  apr1: 'flag',
  in: 'value',
  noverify: 'flag',
  quiet: 'flag',
  reverse: 'flag',
  salt: 'value',
  stdin: 'flag',
  table: 'flag',
} as const;
/** CPU time of a thousand rounds of SHA-512. */
const THOUSAND_ROUNDS = 600;
/** Of a longer password the rest does not count. */
const PASSWORD_BYTES_MAX = 256;

/** `openssl passwd`: passwords as /etc/shadow and htpasswd keep them. */
export function* passwd(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS);
  const ways = WAYS.filter((way) => options.has(way));
  const path = options.value('in');
  const sources = [path !== undefined, options.has('stdin'), options.operands.length > 0].filter(Boolean);
  if (ways.length > 1 || sources.length > 1) throw new Misuse('');
  const way = ways[0] ?? '1';
  const salt = options.value('salt');
  const passwords = yield* passwordsOf(sys, options.operands, path, options.has('stdin'), {
    asksTwice: salt === undefined && !options.has('noverify'),
  });
  for (const given of passwords) {
    if (given.length > PASSWORD_BYTES_MAX && !options.has('quiet'))
      yield* printError(sys, `Warning: truncating password to ${PASSWORD_BYTES_MAX} characters\n`);
    const password = given.subarray(0, PASSWORD_BYTES_MAX);
    const charge = () => sys.charge(THOUSAND_ROUNDS);
    const hash = (yield* hashPassword(way, password, salt ?? newSalt(sys, way), charge)) ?? '<NULL>';
    yield* print(sys, lineOf(password.toString(), hash, options.has('table'), options.has('reverse')));
  }
  return 0;
}

function lineOf(password: string, hash: string, isTable: boolean, isReverse: boolean): string {
  if (!isTable) return `${hash}\n`;
  return isReverse ? `${hash}\t${password}\n` : `${password}\t${hash}\n`;
}

function newSalt(sys: Sys, way: PasswordWay): string {
  return [...sys.random().bytes(saltLength(way))].map((byte) => SALT_DIGITS[byte & 63]).join('');
}

function* passwordsOf(
  sys: Sys,
  operands: readonly string[],
  path: string | undefined,
  fromInput: boolean,
  { asksTwice }: { readonly asksTwice: boolean },
): Waiting<readonly Buffer[]> {
  if (operands.length > 0) return operands.map((word) => Buffer.from(word));
  if (path !== undefined || fromInput) return linesOf(yield* readLines(sys, path));
  const first = yield* ask(sys, 'Password: ');
  if (asksTwice && first !== (yield* ask(sys, 'Verifying - Password: '))) throw new Failure(['Verify failure']);
  return [Buffer.from(first)];
}

function* readLines(sys: Sys, path: string | undefined): Waiting<Uint8Array> {
  if (path === undefined) return yield* readAll(sys, 0);
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const call = `system library:BIO_new_file:${error.message}:../crypto/bio/bss_file.c:67:calling fopen(${path}, r)`;
    throw new Failure([
      `Can't open "${path}" for reading, ${error.message}`,
      queued(sys, error.code === 'ENOENT' ? '80000002' : '8000000D', call),
      queued(
        sys,
        error.code === 'ENOENT' ? '10000080' : '10080002',
        error.code === 'ENOENT'
          ? 'BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'
          : 'BIO routines:BIO_new_file:system lib:../crypto/bio/bss_file.c:77:',
      ),
    ]);
  }
}

function linesOf(bytes: Uint8Array): Buffer[] {
  const lines = Buffer.from(bytes).toString('latin1').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => Buffer.from(line, 'latin1'));
}

/** A word nobody sees; from standard input where there is no terminal. */
function* ask(sys: Sys, prompt: string): Waiting<string> {
  try {
    return (yield* askSecret(sys, prompt)) ?? '';
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, prompt);
    const [line = ''] = linesOf(yield* sys.read(0)).map((one) => one.toString());
    return line;
  }
}
