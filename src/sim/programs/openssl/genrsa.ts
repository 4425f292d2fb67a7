import type { KeyObject } from 'node:crypto';
import { makeRsaKey } from '../../client/pki/rsa.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, queued, unknownAlgorithm } from './failure.js';
import { Misuse, type OptionKind, readOptions } from './options.js';
import { writeOutput } from './output.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = { out: 'value', traditional: 'flag', verbose: 'flag' };
const BITS_MIN = 512;
/** What making a key of 2048 bits takes. */
const COST = 100 * MILLISECOND;

/** `openssl genrsa`: a new RSA key. */
export function* genrsa(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS, (name) => {
    throw new Failure([`genrsa: Unknown cipher: ${name}`, unknownAlgorithm(sys, name)]);
  });
  const [size = '2048', ...more] = options.operands;
  if (more.length > 0) throw new Failure(['Extra arguments given.', 'genrsa: Use -help for summary.']);
  if (!/^\d+$/.test(size)) throw new Failure([`genrsa: Can't parse "${size}" as a number`]);
  const pem = keyPem(newRsaKey(sys, size), options.has('traditional') ? 'pkcs1' : 'pkcs8');
  yield* writeOutput(sys, options.value('out'), encodeText(pem), 0o600);
  return 0;
}

/** A new key of so many bits. Throws `Failure` when that would be too short, `Misuse` for sizes nobody uses. */
export function newRsaKey(sys: Sys, size: string): KeyObject {
  const bits = Number(size);
  if (bits < BITS_MIN) {
    const where = '../providers/implementations/keymgmt/rsa_kmgmt.c:509:';
    const why = `Provider routines:rsa_gen_set_params:key size too small:${where}`;
    throw new Failure(['Error setting RSA length', queued(sys, '1C8000AB', why)]);
  }
  sys.charge(COST);
  const key = makeRsaKey(bits, sys.random().fork('key'));
  if (!key) throw new Misuse(`keys of ${bits} bits are not made on these machines`);
  return key;
}

/** A private key as OpenSSL 3.0 writes it. */
export function keyPem(key: KeyObject, type: 'pkcs1' | 'pkcs8' = 'pkcs8'): string {
  return String(key.export({ type, format: 'pem' }));
}
