import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { cipherOf } from './ciphers.js';
import { dgst } from './dgst.js';
import { DIGESTS, LEGACY_DIGESTS } from './digests.js';
import { ec } from './ec.js';
import { ecparam } from './ecparam.js';
import { enc } from './enc.js';
import { Failure } from './failure.js';
import { genpkey } from './genpkey.js';
import { genrsa } from './genrsa.js';
import { pkey, rsa } from './keys.js';
import { Misuse, readOptions } from './options.js';
import { passwd } from './passwd.js';
import { rand } from './rand.js';
import { req } from './req.js';
import { sClient } from './s-client/index.js';
import { verify } from './verify.js';
import { x509 } from './x509.js';

type Subcommand = (sys: Sys, words: readonly string[]) => Waiting<number>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  dgst,
  ec,
  ecparam,
  enc,
  genpkey,
  genrsa,
  help,
  passwd,
  pkey,
  rand,
  req,
  rsa,
  s_client: sClient,
  verify,
  version,
  x509,
};
/** What the real program has and this one has not: it says so, rather than that there is no such thing. */
const ABSENT = new Set(
  (
    'asn1parse ca ciphers cmp cms crl crl2pkcs7 dhparam dsa dsaparam engine errstr fipsinstall gendsa info kdf list ' +
    'mac nseq ocsp pkcs12 pkcs7 pkcs8 pkeyparam pkeyutl prime rehash rsautl s_server s_time sess_id smime speed ' +
    'spkac srp storeutl ts'
  ).split(' '),
);
const CIPHERS = ['128', '192', '256'].flatMap((bits) => ['cbc', 'ecb'].map((mode) => `aes-${bits}-${mode}`));
const VERSION = 'OpenSSL 3.0.13 30 Jan 2024';
const FACTS: readonly (readonly [option: string, text: string])[] = [
  ['v', `${VERSION} (Library: ${VERSION})`],
  ['p', 'platform: debian-amd64'],
  ['d', 'OPENSSLDIR: "/usr/lib/ssl"'],
];

function* version(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, { a: 'flag', d: 'flag', p: 'flag', v: 'flag' });
  if (options.operands.length > 0) throw new Misuse('');
  const shown = FACTS.filter(([name]) => options.has('a') || options.has(name));
  yield* print(sys, (shown.length > 0 ? shown : FACTS.slice(0, 1)).map(([, text]) => `${text}\n`).join(''));
  return 0;
}

/** What there is, in columns. */
function* help(sys: Sys, words: readonly string[]): Waiting<number> {
  const [topic] = words;
  if (topic !== undefined && !commandOf(topic)) return yield* unknown(sys, topic);
  const columns = (names: readonly string[]) =>
    Array.from({ length: Math.ceil(names.length / 4) }, (_, row) =>
      names
        .slice(4 * row, 4 * row + 4)
        .map((name) => name.padEnd(18))
        .join(''),
    )
      .map((line) => `${line}\n`)
      .join('');
  const digests = [...DIGESTS.keys(), ...LEGACY_DIGESTS.keys()].sort();
  yield* printError(
    sys,
    `help:\n\nStandard commands\n${columns(Object.keys(SUBCOMMANDS))}\n` +
      `Message Digest commands (see the \`dgst' command for more details)\n${columns(digests)}\n` +
      `Cipher commands (see the \`enc' command for more details)\n${columns([...CIPHERS, 'base64'])}\n`,
  );
  return 0;
}

/** A command by its name, that of a digest or a cipher too. */
function commandOf(name: string): Subcommand | undefined {
  if (Object.hasOwn(SUBCOMMANDS, name)) return SUBCOMMANDS[name];
  if (DIGESTS.has(name) || LEGACY_DIGESTS.has(name)) return (sys, words) => dgst(sys, words, name);
  if (name === 'base64' || cipherOf(name)) return (sys, words) => enc(sys, words, name);
  return undefined;
}

function* unknown(sys: Sys, name: string): Waiting<number> {
  yield* printError(
    sys,
    ABSENT.has(name)
      ? `${name}: is not at hand on these machines\n`
      : `Invalid command '${name}'; type "help" for a list.\n`,
  );
  return 1;
}

function* run(sys: Sys): Waiting<number> {
  const [, word = 'help', ...words] = sys.args;
  const name = /^--?help$|^-h$/.test(word) ? 'help' : word;
  const subcommand = commandOf(name);
  if (!subcommand) return yield* unknown(sys, name);
  try {
    return yield* subcommand(sys, words);
  } catch (error) {
    if (error instanceof Failure) yield* printError(sys, error.lines.map((line) => `${line}\n`).join(''));
    else if (error instanceof Misuse) {
      const said = error.message === '' ? [] : error.message.split('\n');
      yield* printError(sys, [...said, 'Use -help for summary.'].map((line) => `${name}: ${line}\n`).join(''));
    } else if (isErrno(error)) yield* printError(sys, `${name}: ${error.message}\n`);
    else throw error;
    return error instanceof Failure ? error.status : 1;
  }
}

/**
 * openssl as far as clusters need it: keys, requests, certificates that an authority signs, what they say, what servers
 * show, digests and signatures, Base64 and passwords, bytes by chance.
 */
export const openssl: InstalledProgram = { name: 'openssl', paths: ['/usr/bin/openssl'], run };
