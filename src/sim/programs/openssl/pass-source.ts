/** Passwords that options name: `pass:WORD`, `env:NAME`, `file:PATH`, `stdin`. */
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Cipher } from './ciphers.js';
import { Failure, queued, unopened } from './failure.js';
import type { Options } from './options.js';

/** The password of `-pass`, `-k` or `-kfile`, or as it is typed. Throws `Failure`. */
export function* encPassword(sys: Sys, options: Options, { name }: Cipher, isDecoding: boolean): Waiting<string> {
  const word = options.value('k');
  if (word !== undefined) return word;
  const file = options.value('kfile');
  if (file !== undefined) return firstLine(decodeText(sys.readFile(file)));
  const source = options.value('pass');
  if (source !== undefined) return yield* passwordOf(sys, source);
  return yield* typed(sys, name.toUpperCase(), isDecoding);
}

function* passwordOf(sys: Sys, source: string): Waiting<string> {
  const refuse = (...lines: string[]) => new Failure([...lines, 'Error getting password']);
  if (source === 'stdin') return firstLine(decodeText(yield* readAll(sys, 0)));
  const at = source.indexOf(':');
  const [kind, rest] = [source.slice(0, at), source.slice(at + 1)];
  if (kind === 'pass') return rest;
  if (kind === 'env') {
    const value = sys.environment.get(rest);
    if (value === undefined) throw refuse(`No environment variable ${rest}`);
    return value;
  }
  if (kind !== 'file') {
    const isShort = at < 0 || at > 4;
    throw refuse(
      isShort
        ? "Invalid password argument, missing ':' within the first 5 chars"
        : `Invalid password argument, starting with "${kind}:"`,
    );
  }
  try {
    return firstLine(decodeText(sys.readFile(rest)));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const refusal = refuse(`Can't open file ${rest}`);
    throw new Failure([...refusal.lines, ...unopened(sys, rest, 'r', error)]);
  }
}

function* typed(sys: Sys, cipher: string, isDecoding: boolean): Waiting<string> {
  const prompt = `enter ${cipher} ${isDecoding ? 'de' : 'en'}cryption password:`;
  let first: string | undefined;
  try {
    first = yield* askSecret(sys, prompt);
    if (first !== undefined && !isDecoding && (yield* askSecret(sys, `Verifying - ${prompt}`)) !== first)
      throw new Failure(['Verify failure', 'bad password read']);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  if (first !== undefined) return first;
  const place = 'UI routines:UI_process:processing error:../crypto/ui/ui_lib.c:573:while reading strings';
  throw new Failure(['bad password read', queued(sys, '1400006B', place)]);
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
