import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Failure, queued } from './failure.js';
import { KEY_OPTIONS, keyOptions, readKeyFile, writeKey } from './key-files.js';
import { keyText, numberOf, publicHalf } from './key-text.js';
import type { OptionKind } from './options.js';

const RSA_OPTIONS: Readonly<Record<string, OptionKind>> = {
  ...KEY_OPTIONS,
  RSAPublicKey_out: 'flag',
  modulus: 'flag',
  traditional: 'flag',
};
const PKEY_OPTIONS: Readonly<Record<string, OptionKind>> = {
  ...KEY_OPTIONS,
  pubcheck: 'flag',
  text_pub: 'flag',
  traditional: 'flag',
};

/** `openssl rsa`: what an RSA key says, and the key in another form. */
export function* rsa(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = keyOptions(sys, 'rsa', RSA_OPTIONS, words);
  const half = options.has('pubin') ? 'public' : 'private';
  const key = yield* readKeyFile(sys, options.value('in'), half, `${half} key`);
  if (key.asymmetricKeyType !== 'rsa') throw new Failure(['Not an RSA key']);
  let before = options.has('text') ? keyText(key) : '';
  if (options.has('modulus')) before += `Modulus=${numberOf(key, 'n').toString('hex').toUpperCase()}\n`;
  if (options.has('check')) {
    if (half === 'public') throw new Failure(['Only private keys can be checked']);
    before += 'RSA key ok\n';
  }
  if (!options.has('noout')) yield* printError(sys, 'writing RSA key\n');
  yield* writeKey(sys, options, key, options.has('traditional') ? 'pkcs1' : 'pkcs8', { before });
  return 0;
}

/** `openssl pkey`: what a key of any kind says, and the key in another form. */
export function* pkey(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = keyOptions(sys, 'pkey', PKEY_OPTIONS, words);
  const half = options.has('pubin') ? 'public' : 'private';
  const key = yield* readKeyFile(sys, options.value('in'), half, half === 'public' ? 'key of Public Key' : 'key');
  const before = options.has('check') || options.has('pubcheck') ? 'Key is valid\n' : '';
  const isOpen = options.has('pubout') || options.has('text_pub');
  const behind = options.has('text') || options.has('text_pub') ? keyText(isOpen ? publicHalf(key) : key) : '';
  const former = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : key.asymmetricKeyType === 'ec' ? 'sec1' : undefined;
  const isTraditional = options.has('traditional') && !options.has('pubout') && !options.has('noout');
  if (isTraditional && former === undefined) {
    const place = 'PEM routines:PEM_write_bio_PrivateKey_traditional:unsupported public key type';
    throw new Failure([queued(sys, '0480006E', `${place}:../crypto/pem/pem_pkey.c:358:`)]);
  }
  // What is found out comes before the key, what it says behind it.
  yield* writeKey(sys, options, key, isTraditional ? (former ?? 'pkcs8') : 'pkcs8', { before, behind });
  return 0;
}
