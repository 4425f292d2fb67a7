import { createPublicKey, type KeyObject } from 'node:crypto';
import { writePem } from '../../client/pki/pem.js';
import { isSignatureDigest, type SignatureDigest } from '../../client/pki/signature.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Around, extensionOf } from './extension-values.js';
import { Failure, queued, readInput } from './failure.js';
import { Misuse, type OptionKind, type Options, readOptions } from './options.js';
import { writeOutput } from './output.js';
import { type Config, readConfig } from './req-config.js';
import { keyFor } from './req-key.js';
import { subjectFor } from './req-subject.js';
import { isSelfSigned, makeRequest, readRequest, requestSubject, requestText } from './request.js';
import { type CertificateParts, certificateDer, keyIdOf, publicKeyOf } from './signing.js';

const OPTIONS: Readonly<Record<string, OptionKind>> = {
  addext: 'value',
  batch: 'flag',
  config: 'value',
  days: 'number',
  extensions: 'value',
  in: 'value',
  key: 'value',
  keyout: 'value',
  new: 'flag',
  newkey: 'value',
  nodes: 'flag',
  noenc: 'flag',
  noout: 'flag',
  out: 'value',
  outform: 'format',
  pkeyopt: 'value',
  pubkey: 'flag',
  reqexts: 'value',
  set_serial: 'value',
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
  let digest: SignatureDigest | undefined;
  const options = readOptions(words, OPTIONS, (name) => {
    if (!isSignatureDigest(name)) throw new Misuse(`Unknown option or message digest: ${name}`);
    digest = name;
  });
  if (options.operands.length > 0) throw new Misuse('');
  if (Number(options.value('days') ?? 1) <= 0 && options.has('x509'))
    throw new Misuse(`Non-positive number "${options.value('days')}" for option -days`);
  if (options.has('new') || options.has('newkey') || options.has('x509')) return yield* make(sys, options, digest);
  return yield* show(sys, options);
}

function* make(sys: Sys, options: Options, given: SignatureDigest | undefined): Waiting<number> {
  const config = readConfig(sys, options.value('config'));
  const key = yield* keyFor(sys, options, config);
  const added = addedPairs(options);
  const self = options.has('x509');
  const name = yield* subjectFor(sys, options.value('subj'), config, self || options.has('batch'));
  const keyId = keyIdOf(publicKeyOf(key));
  const around: Around = { keyId, authorityKeyId: keyId, sections: config.sections };
  const made = (pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([one, value]) => extensionOf(one, value, around));
  const section = configExtensions(options, config, self);
  const names = new Set(added.map(([one]) => one));
  const extensions = made([...section.filter(([one]) => !names.has(one)), ...added]);
  const digest = given ?? config.digest;
  const der = self
    ? selfSigned(sys, options, key, { subject: name, extensions, digest })
    : makeRequest(name, key, extensions, digest);
  const text = options.has('text') && !self ? requestText(requestOf(der), 'oneline') : '';
  const pem = options.has('noout') ? '' : writePem(self ? 'CERTIFICATE' : 'CERTIFICATE REQUEST', der);
  const isDer = /^d/i.test(options.value('outform') ?? '') && !options.has('noout');
  yield* writeOutput(sys, options.value('out'), isDer ? der : encodeText(text + pem));
  return 0;
}

/** Extensions of a section of the configuration, or what a certificate that signs itself has unless told otherwise. */
function configExtensions(options: Options, config: Config, self: boolean): readonly (readonly [string, string])[] {
  const given = options.value(self ? 'extensions' : 'reqexts');
  const name = given ?? config.setting(self ? 'x509_extensions' : 'req_extensions');
  if (name === undefined) return self && options.value('config') === undefined ? USUAL_EXTENSIONS : [];
  const section = config.sections.get(name);
  if (section) return section;
  throw new Failure([`Error checking ${self ? 'x509' : 'request'} extension section ${name}`]);
}

/** What `-addext` adds; the same name twice is refused. */
function addedPairs(options: Options): (readonly [name: string, value: string])[] {
  const pairs = new Map<string, string>();
  for (const { value } of options.given.filter((one) => one.name === 'addext')) {
    const [name, text] = pairOf(value);
    if (!value.includes('=') || pairs.has(name))
      throw new Failure([`Duplicate extension: ${value}`, 'req: Use -help for summary.']);
    pairs.set(name, text);
  }
  return [...pairs];
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

function selfSigned(
  sys: Sys,
  options: Options,
  key: KeyObject,
  { subject, ...more }: Pick<CertificateParts, 'digest' | 'extensions' | 'subject'>,
): Bytes {
  const from = Math.floor(sys.now() / MILLISECOND / 1000) * 1000;
  const until = from + Number(options.value('days') ?? 30) * DAY_MILLISECONDS;
  const publicKey = publicKeyOf(key);
  const given = options.value('set_serial');
  const serial = given === undefined ? newSerial(sys) : serialOf(sys, given, 'req');
  return certificateDer({ serial, issuer: subject, subject, from, until, publicKey, ...more }, key);
}

/** The bytes of a serial number as `-set_serial` of a command has it: `17`, `0x1f`. Throws `Failure`. */
export function serialOf(sys: Sys, given: string, command: string): Bytes {
  if (/^(?:\d+|0x[0-9a-f]+)$/i.test(given)) return bytesOfNumber(BigInt(given));
  const said = 'X509 V3 routines:s2i_ASN1_INTEGER:bn dec2bn error:../crypto/x509/v3_utl.c:231:';
  throw new Failure([`${command}: Use -help for summary.`, queued(sys, '11000064', said)]);
}

/** The bytes of a number that is given in words: `17`, `0x1f`. */
export function bytesOfNumber(number: bigint): Bytes {
  const hex = number.toString(16);
  return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

/** Twenty bytes by chance that make a number above zero. */
export function newSerial(sys: Sys): Bytes {
  const [first = 0, ...rest] = sys.random().fork('serial').bytes(20);
  return Uint8Array.of((first & 0x3f) | 0x40, ...rest);
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
