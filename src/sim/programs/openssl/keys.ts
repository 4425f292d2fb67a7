import { createPublicKey, type KeyObject } from 'node:crypto';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, readInput, unknownAlgorithm } from './failure.js';
import { keyPem } from './genrsa.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { keyFrom } from './signing.js';
import { hexLines } from './text.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  check: 'flag',
  in: 'value',
  noout: 'flag',
  out: 'value',
  pubin: 'flag',
  pubout: 'flag',
  text: 'flag',
  traditional: 'flag',
};
const CURVES: Readonly<Record<string, readonly [name: string, nist: string]>> = {
  'P-256': ['prime256v1', 'P-256'],
  'P-384': ['secp384r1', 'P-384'],
  'P-521': ['secp521r1', 'P-521'],
};

/** `openssl rsa`: what an RSA key says, and the key in another form. */
export function* rsa(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = keyOptions(sys, 'rsa', { ...OPTIONS, modulus: 'flag' }, words);
  const { what, key } = yield* readAny(sys, options, { private: 'private key', public: 'public key' });
  if (key.asymmetricKeyType !== 'rsa') throw new Failure(['Not an RSA key']);
  let text = options.has('text') ? keyText(key) : '';
  if (options.has('modulus')) text += `Modulus=${numberOf(key, 'n').toString('hex').toUpperCase()}\n`;
  if (options.has('check')) {
    if (what === 'public') throw new Failure(['Only private keys can be checked']);
    text += 'RSA key ok\n';
  }
  if (!options.has('noout')) yield* printError(sys, 'writing RSA key\n');
  yield* writeKey(sys, options, key, text);
  return 0;
}

/** `openssl pkey`: what a key of any kind says, and the key in another form. */
export function* pkey(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = keyOptions(sys, 'pkey', OPTIONS, words);
  const { key } = yield* readAny(sys, options, { private: 'key', public: 'key of Public Key' });
  const checked = options.has('check') ? 'Key is valid\n' : '';
  const text = options.has('text') ? keyText(key) : '';
  // What is found out comes before the key, what it says behind it.
  yield* writeKey(sys, options, key, checked, text);
  return 0;
}

function keyOptions(
  sys: Sys,
  name: string,
  table: Readonly<Record<string, OptionKind>>,
  words: readonly string[],
): Options {
  const options = readOptions(words, table, (cipher) => {
    const said = [`${name}: Unknown cipher: ${cipher}`, `${name}: Use -help for summary.`];
    throw new Failure(name === 'pkey' ? [...said, unknownAlgorithm(sys, cipher)] : said);
  });
  if (options.operands.length > 0) throw new Misuse('');
  return options;
}

type Half = 'private' | 'public';

function* readAny(
  sys: Sys,
  options: Options,
  names: Readonly<Record<Half, string>>,
): Waiting<{ what: Half; key: KeyObject }> {
  const what = options.has('pubin') ? 'public' : 'private';
  const path = options.value('in');
  let bytes: Uint8Array;
  try {
    bytes = yield* readInput(sys, path, names[what]);
  } catch (failure) {
    if (isErrno(failure) || !(failure instanceof Failure)) throw failure;
    // Who misses a key says no more after the queue.
    throw new Failure(failure.lines.slice(0, -1));
  }
  const key = keyFrom(bytes, what);
  if (!key) throw new Failure([`Could not read ${names[what]} from ${path ?? '<stdin>'}`]);
  return { what, key };
}

function* writeKey(sys: Sys, options: Options, key: KeyObject, before: string, behind = ''): Waiting<void> {
  const open = options.has('pubout') || key.type === 'public';
  const form = options.has('traditional') ? 'pkcs1' : 'pkcs8';
  const pem = options.has('noout') ? '' : open ? publicPem(key) : keyPem(key, form);
  yield* writeOutput(sys, options.value('out'), encodeText(`${before}${pem}${behind}`), open ? undefined : 0o600);
}

function publicPem(key: KeyObject): string {
  const half = key.type === 'public' ? key : createPublicKey(key);
  return String(half.export({ type: 'spki', format: 'pem' }));
}

/** A number of a key by its name in JSON Web Keys, without zeros before it. */
function numberOf(key: KeyObject, name: string): Buffer {
  const parts = key.export({ format: 'jwk' }) as Readonly<Record<string, string>>;
  return Buffer.from(parts[name] ?? '', 'base64url');
}

/** The numbers of a key. */
function keyText(key: KeyObject): string {
  const lines = key.asymmetricKeyType === 'rsa' ? rsaLines(key) : curveLines(key);
  return lines.map((line) => `${line}\n`).join('');
}

function rsaLines(key: KeyObject): string[] {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const hidden = key.type === 'private';
  const part = (title: string, name: string): string[] => {
    const number = numberOf(key, name);
    const signed = (number[0] ?? 0) > 0x7f ? Buffer.concat([Uint8Array.of(0), number]) : number;
    return [`${title}:`, ...hexLines(signed, 15).map((line) => `    ${line}`)];
  };
  const exponent = BigInt(`0x${numberOf(key, 'e').toString('hex')}`);
  const said = `${exponent} (0x${exponent.toString(16)})`;
  if (!hidden) return [`Public-Key: (${bits} bit)`, ...part('Modulus', 'n'), `Exponent: ${said}`];
  return [
    `Private-Key: (${bits} bit, 2 primes)`,
    ...part('modulus', 'n'),
    `publicExponent: ${said}`,
    ...part('privateExponent', 'd'),
    ...part('prime1', 'p'),
    ...part('prime2', 'q'),
    ...part('exponent1', 'dp'),
    ...part('exponent2', 'dq'),
    ...part('coefficient', 'qi'),
  ];
}

function curveLines(key: KeyObject): string[] {
  const { crv = '' } = key.export({ format: 'jwk' });
  const [name, nist] = CURVES[crv] ?? [crv, ''];
  const part = (title: string, bytes: Buffer): string[] => [
    `${title}:`,
    ...hexLines(bytes, 15).map((line) => `    ${line}`),
  ];
  const point = Buffer.concat([Uint8Array.of(4), numberOf(key, 'x'), numberOf(key, 'y')]);
  return [
    `${key.type === 'private' ? 'Private' : 'Public'}-Key: (${nist.slice(2)} bit)`,
    ...(key.type === 'private' ? part('priv', numberOf(key, 'd')) : []),
    ...part('pub', point),
    `ASN1 OID: ${name}`,
    `NIST CURVE: ${nist}`,
  ];
}
