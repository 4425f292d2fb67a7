/** Keys as files: read, refused and written, for `rsa`, `ec` and `pkey` alike. */
import type { KeyObject } from 'node:crypto';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, queued, readInput, unknownAlgorithm } from './failure.js';
import { publicHalf } from './key-text.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { keyFrom } from './signing.js';

/** Options that all of them have. */
export const KEY_OPTIONS: Readonly<Record<string, OptionKind>> = {
  check: 'flag',
  in: 'value',
  inform: 'format',
  noout: 'flag',
  out: 'value',
  outform: 'format',
  pubin: 'flag',
  pubout: 'flag',
  text: 'flag',
};

export type Half = 'private' | 'public';

/** Options of a command that writes keys; one that is not known is taken for a cipher. Throws `Failure`, `Misuse`. */
export function keyOptions(
  sys: Sys,
  name: string,
  table: Readonly<Record<string, OptionKind>>,
  words: readonly string[],
): Options {
  const options = readOptions(words, table, (cipher) => {
    const said = [`${name}: Unknown cipher: ${cipher}`, `${name}: Use -help for summary.`];
    throw new Failure(name === 'rsa' ? said : [...said, unknownAlgorithm(sys, cipher)]);
  });
  if (options.operands.length > 0) throw new Misuse('');
  return options;
}

/** The key of a file or of standard input; `what`: what the messages call it. Throws `Failure`. */
export function* readKeyFile(sys: Sys, path: string | undefined, half: Half, what: string): Waiting<KeyObject> {
  let bytes: Uint8Array;
  try {
    bytes = yield* readInput(sys, path, what);
  } catch (failure) {
    if (isErrno(failure) || !(failure instanceof Failure)) throw failure;
    // Who misses a key says no more after the queue.
    throw new Failure(failure.lines.slice(0, -1));
  }
  const key = keyFrom(bytes, half);
  if (key) return key;
  const other = half === 'private' ? 'public' : 'private';
  const line = queued(
    sys,
    '1608010C',
    'STORE routines:ossl_store_handle_load_result:unsupported:../crypto/store/store_result.c:149:',
  );
  // A key it is, and its other half: the store tells of each try.
  const tries = keyFrom(bytes, other) ? (half === 'private' ? [line, line] : [line]) : [];
  throw new Failure([`Could not read ${what} from ${path ?? '<stdin>'}`, ...tries]);
}

/** A private key's forms: what everybody takes, and what each algorithm had before. */
export type KeyForm = 'pkcs1' | 'pkcs8' | 'sec1';

/** Writes a key between texts, open halves for everybody to read. Throws `Failure`. */
export function* writeKey(
  sys: Sys,
  options: Options,
  key: KeyObject,
  form: KeyForm,
  texts: { readonly before?: string; readonly behind?: string } = {},
): Waiting<void> {
  const open = options.has('pubout') || options.has('RSAPublicKey_out') || key.type === 'public';
  const type = open ? (options.has('RSAPublicKey_out') ? 'pkcs1' : 'spki') : form;
  const half = open ? publicHalf(key) : key;
  const isDer = /^d/i.test(options.value('outform') ?? '');
  const made = isDer ? half.export({ type, format: 'der' }) : Buffer.from(half.export({ type, format: 'pem' }));
  const { before = '', behind = '' } = texts;
  const body = options.has('noout') ? new Uint8Array() : made;
  const bytes = Buffer.concat([encodeText(before), body, encodeText(behind)]);
  yield* writeOutput(sys, options.value('out'), bytes, open ? undefined : 0o600);
}
