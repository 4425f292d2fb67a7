import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { printError, readAll } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import { type Cipher, cipherOf, decrypt, derive, encrypt, ROUNDS, type Secrets } from './ciphers.js';
import { DIGESTS } from './digests.js';
import { Failure, queued, unknownAlgorithm, unopened } from './failure.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { encPassword } from './pass-source.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  A: 'flag',
  K: 'value',
  P: 'flag',
  S: 'value',
  a: 'flag',
  base64: 'flag',
  d: 'flag',
  e: 'flag',
  in: 'value',
  iter: 'positive',
  iv: 'value',
  k: 'value',
  kfile: 'value',
  md: 'value',
  none: 'flag',
  nosalt: 'flag',
  out: 'value',
  p: 'flag',
  pass: 'value',
  pbkdf2: 'flag',
  salt: 'flag',
};
const MAGIC = encodeText('Salted__');
const SALT_BYTES = 8;
/** Rounds of PBKDF2 in a microsecond. */
const ROUNDS_A_MICROSECOND = 2;
/** More would keep the computer busy in earnest for seconds. */
const ROUNDS_MAX = 5_000_000;

/** `openssl enc`, `openssl base64` and `openssl aes-256-cbc`: bytes as Base64 and back, and under a password. */
export function* enc(sys: Sys, words: readonly string[], command = 'enc'): Waiting<number> {
  let cipher = cipherOf(command);
  const options = readOptions(words, OPTIONS, (name) => {
    if (/^aes-?\d+-(?:gcm|ccm|ocb)$/i.test(name)) throw new Misuse('AEAD ciphers not supported');
    cipher = cipherOf(name);
    if (cipher) return;
    const said = [`${command}: Unknown cipher: ${name}`, `${command}: Use -help for summary.`];
    throw new Failure([...said, unknownAlgorithm(sys, name)]);
  });
  if (options.operands.length > 0) throw new Misuse('');
  const inLines = command === 'base64' || options.has('a') || options.has('base64');
  const isDecoding = options.given.findLast(({ name }) => name === 'd' || name === 'e')?.name === 'd';
  const given = yield* inputOf(sys, options.value('in'));
  const onOneLine = options.has('A');
  const bytes = isDecoding && inLines ? decodeBase64(given, onOneLine) : given;
  const { made, failure } = cipher ? yield* sealed(sys, options, cipher, bytes, isDecoding) : { made: bytes };
  const shown = !isDecoding && inLines ? encodeText(encodeBase64(made, onOneLine)) : made;
  yield* writeOutput(sys, options.value('out'), shown);
  if (failure) throw failure;
  return 0;
}

function* inputOf(sys: Sys, path: string | undefined): Waiting<Bytes> {
  if (path === undefined) return yield* readAll(sys, 0);
  try {
    return sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`Can't open "${path}" for reading, ${error.message}`, ...unopened(sys, path, 'rb', error)]);
  }
}

interface Made {
  readonly made: Bytes;
  readonly failure?: Failure;
}

/** Through the cipher. A salt that was not given stands before what it is needed for. */
function* sealed(sys: Sys, options: Options, cipher: Cipher, bytes: Bytes, isDecoding: boolean): Waiting<Made> {
  const digits = options.value('K');
  const digest = options.value('md') ?? 'sha256';
  if (!DIGESTS.has(digest)) throw new Misuse(`Unknown option or message digest: ${digest}`);
  let salt: Bytes = new Uint8Array();
  let [head, body] = [salt, bytes];
  let secrets: Secrets;
  if (digits === undefined) {
    const password = encodeText(yield* encPassword(sys, options, cipher, isDecoding));
    const given = options.value('S');
    const isStored = given === undefined && !options.has('nosalt');
    if (isStored && isDecoding) {
      if (!Buffer.from(bytes.subarray(0, MAGIC.length)).equals(MAGIC)) {
        throw new Failure([bytes.length < MAGIC.length + SALT_BYTES ? 'error reading input file' : 'bad magic number']);
      }
      salt = bytes.subarray(MAGIC.length, MAGIC.length + SALT_BYTES);
      body = bytes.subarray(MAGIC.length + SALT_BYTES);
    } else if (isStored) {
      salt = sys.random().fork('salt').bytes(SALT_BYTES);
      head = concatBytes([MAGIC, salt]);
    } else if (given !== undefined) salt = yield* fromHex(sys, given, SALT_BYTES, 'salt');
    secrets = derive(cipher, password, salt, digest, yield* roundsOf(sys, options));
  } else {
    const vector = options.value('iv');
    if (vector === undefined && cipher.vector > 0) throw new Failure(['iv undefined']);
    const before = yield* fromHex(sys, vector ?? '', cipher.vector, 'iv');
    secrets = { key: yield* fromHex(sys, digits, cipher.key, 'key'), vector: before };
  }
  if (options.has('p') || options.has('P')) yield* sys.write(1, encodeText(secretsText(salt, secrets)));
  if (options.has('P')) return { made: new Uint8Array() };
  if (!isDecoding) return { made: concatBytes([head, encrypt(cipher, secrets, body)]) };
  const { text, isWhole } = decrypt(cipher, secrets, body);
  if (isWhole) return { made: text };
  const place = 'Provider routines:ossl_cipher_unpadblock:bad decrypt';
  const line = queued(sys, '1C800064', `${place}:../providers/implementations/ciphers/ciphercommon_block.c:124:`);
  return { made: text, failure: new Failure(['bad decrypt', line]) };
}

/** How often PBKDF2 goes round; undefined, and a warning, for the way of old. */
function* roundsOf(sys: Sys, options: Options): Waiting<number | undefined> {
  const iterations = options.value('iter');
  if (iterations === undefined && !options.has('pbkdf2')) {
    yield* printError(sys, '*** WARNING : deprecated key derivation used.\nUsing -iter or -pbkdf2 would be better.\n');
    return undefined;
  }
  const rounds = Number(iterations ?? ROUNDS);
  if (rounds > ROUNDS_MAX) throw new Failure([`more than ${ROUNDS_MAX} rounds are not simulated`]);
  sys.charge(Math.ceil(rounds / ROUNDS_A_MICROSECOND));
  return rounds;
}

function secretsText(salt: Bytes, { key, vector }: Secrets): string {
  const hex = (bytes: Bytes) => Buffer.from(bytes).toString('hex').toUpperCase();
  const lines = [
    ...(salt.length > 0 ? [`salt=${hex(salt)}`] : []),
    `key=${hex(key)}`,
    ...(vector.length > 0 ? [`iv =${hex(vector)}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** So many bytes of hexadecimal digits, filled up with zeros. */
function* fromHex(sys: Sys, digits: string, length: number, what: string): Waiting<Bytes> {
  if (length === 0) return new Uint8Array();
  if (digits.length < 2 * length)
    yield* printError(sys, 'hex string is too short, padding with zero bytes to length\n');
  if (digits.length > 2 * length) yield* printError(sys, 'hex string is too long, ignoring excess\n');
  const used = digits.slice(0, 2 * length);
  if (!/^[0-9a-f]*$/i.test(used)) throw new Failure(['non-hex digit', `invalid hex ${what} value`]);
  return new Uint8Array(Buffer.from(used.padEnd(2 * length, '0'), 'hex'));
}
