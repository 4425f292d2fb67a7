import { createPublicKey, type KeyObject } from 'node:crypto';
import { writePem } from '../../client/pki/pem.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Around, extensionOf } from './extension-values.js';
import { Failure, queued, readInput } from './failure.js';
import { keyPem, newRsaKey } from './genrsa.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { isSelfSigned, makeRequest, readRequest, requestSubject, requestText } from './request.js';
import { certificateDer, keyIdOf, publicKeyOf, readKey, subjectName } from './signing.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  addext: 'value',
  batch: 'flag',
  days: 'number',
  in: 'value',
  key: 'value',
  keyout: 'value',
  new: 'flag',
  newkey: 'value',
  nodes: 'flag',
  noenc: 'flag',
  noout: 'flag',
  out: 'value',
  pubkey: 'flag',
  sha256: 'flag',
  subj: 'value',
  subject: 'flag',
  text: 'flag',
  verify: 'flag',
  x509: 'flag',
};
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** What a certificate that signs itself has unless told otherwise. */
const USUAL_EXTENSIONS: readonly (readonly [name: string, value: string])[] = [
  ['subjectKeyIdentifier', 'hash'],
  ['authorityKeyIdentifier', 'keyid'],
  ['basicConstraints', 'critical,CA:true'],
];

/** `openssl req`: makes a request for a certificate, or one that signs itself; or shows what a request says. */
export function* req(sys: Sys, words: readonly string[]): Waiting<number> {
  const options = readOptions(words, OPTIONS, (name) => {
    throw new Misuse(`Unknown option or message digest: ${name}`);
  });
  if (options.operands.length > 0) throw new Misuse('');
  if (options.has('new') || options.has('newkey') || options.has('x509')) return yield* make(sys, options);
  return yield* show(sys, options);
}

function* make(sys: Sys, options: Options): Waiting<number> {
  const key = yield* keyFor(sys, options);
  const subject = options.value('subj');
  if (subject === undefined) throw new Misuse('no subject: -subj has to say it on these machines');
  const { name, unknown } = subjectName(subject);
  for (const type of unknown) {
    yield* printError(sys, `req warning: Skipping unknown subject name attribute "${type}"\n`);
  }
  const keyId = keyIdOf(publicKeyOf(key));
  const around: Around = { keyId, authorityKeyId: keyId, sections: new Map() };
  const added = options.given.filter((one) => one.name === 'addext').map(({ value }) => pairOf(value));
  const made = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([one, value]) => extensionOf(one, value, around));
  let der: Bytes;
  let label = 'CERTIFICATE REQUEST';
  if (options.has('x509')) {
    label = 'CERTIFICATE';
    const names = new Set(added.map(([one]) => one));
    const extensions = made([...USUAL_EXTENSIONS.filter(([one]) => !names.has(one)), ...added]);
    der = selfSigned(sys, name, key, Number(options.value('days') ?? 30), extensions);
  } else der = makeRequest(name, key, made(added));
  const text = options.has('text') && !options.has('x509') ? requestText(requestOf(der), 'oneline') : '';
  const pem = options.has('noout') ? '' : writePem(label, der);
  yield* writeOutput(sys, options.value('out'), encodeText(text + pem));
  return 0;
}

function requestOf(der: Bytes) {
  const request = readRequest(encodeText(writePem('CERTIFICATE REQUEST', der)));
  if (!request) throw new Error('a request of our own cannot be read');
  return request;
}

function pairOf(text: string): [name: string, value: string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function selfSigned(sys: Sys, name: Bytes, key: KeyObject, days: number, extensions: readonly Bytes[]): Bytes {
  const from = Math.floor(sys.now() / MILLISECOND / 1000) * 1000;
  const until = from + days * DAY_MILLISECONDS;
  const publicKey = publicKeyOf(key);
  const serial = newSerial(sys);
  return certificateDer({ serial, issuer: name, subject: name, from, until, publicKey, extensions }, key);
}

/** Twenty bytes by chance that make a number above zero. */
export function newSerial(sys: Sys): Bytes {
  const [first = 0, ...rest] = sys.random().fork('serial').bytes(20);
  return Uint8Array.of((first & 0x3f) | 0x40, ...rest);
}

/** The key of `-key`, or a new one, which `-keyout` says where to keep. */
function* keyFor(sys: Sys, options: Options): Waiting<KeyObject> {
  const path = options.value('key');
  if (path !== undefined) return yield* readKey(sys, path);
  const wanted = options.value('newkey') ?? 'rsa:2048';
  const bits = /^rsa(?::(\d+))?$/.exec(wanted);
  if (!bits) throw new Misuse(`keys of the kind ${wanted} are not made on these machines`);
  if (!options.has('nodes') && !options.has('noenc')) {
    throw new Misuse('a key with a pass phrase is not made on these machines: say -nodes');
  }
  const key = newRsaKey(sys, bits[1] ?? '2048');
  yield* printError(sys, '-----\n');
  yield* writeOutput(sys, options.value('keyout') ?? 'privkey.pem', encodeText(keyPem(key)), 0o600);
  return key;
}

function* show(sys: Sys, options: Options): Waiting<number> {
  const path = options.value('in');
  const bytes = yield* readRequestFile(sys, path);
  const request = readRequest(bytes);
  if (!request) {
    const why = 'PEM routines:get_name:no start line:../crypto/pem/pem_lib.c:760:Expecting: CERTIFICATE REQUEST';
    throw new Failure(['Unable to load X509 request', queued(sys, '0480006C', why)]);
  }
  if (options.has('verify')) {
    const fine = isSelfSigned(request);
    yield* printError(sys, `Certificate request self-signature verify ${fine ? 'OK' : 'failure'}\n`);
    if (!fine) return 1;
  }
  const chunks: string[] = [];
  if (options.has('pubkey')) {
    const key = createPublicKey({ key: Buffer.from(request.publicKey), format: 'der', type: 'spki' });
    chunks.push(String(key.export({ type: 'spki', format: 'pem' })));
  }
  if (options.has('text')) chunks.push(requestText(request, 'oneline'));
  if (options.has('subject')) chunks.push(`subject=${requestSubject(request, 'oneline')}\n`);
  const pem = options.has('noout') ? [] : [bytes];
  yield* writeOutput(sys, options.value('out'), concatBytes([encodeText(chunks.join('')), ...pem]));
  return 0;
}

/** The bytes of a request's file; a file that is not there is told in other words than a certificate's. */
export function* readRequestFile(sys: Sys, path: string | undefined, what = 'X509 request'): Waiting<Bytes> {
  try {
    return yield* readInput(sys, path, what);
  } catch (error) {
    if (!(error instanceof Failure) || path === undefined) throw error;
    const call = `system library:BIO_new_file:No such file or directory:../crypto/bio/bss_file.c:67:calling fopen(${path}, r)`;
    throw new Failure([
      `Can't open "${path}" for reading, No such file or directory`,
      queued(sys, '80000002', call),
      queued(sys, '10000080', 'BIO routines:BIO_new_file:no such file:../crypto/bio/bss_file.c:75:'),
      `Unable to load ${what}`,
    ]);
  }
}
