import { createPublicKey, type KeyObject } from 'node:crypto';
import { certificateIdentity } from '../../api/pki/certificate-identity.js';
import { objectIdText } from '../../api/pki/der-reader.js';
import { writePem } from '../../client/pki/pem.js';
import { type Bytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { readCertificates } from './certificate.js';
import { type DerValue, hexPairs, inside, readValues } from './der.js';
import { type Around, extensionOf, readSections } from './extension-values.js';
import { Failure, queued, readInput, unreadable } from './failure.js';
import { Misuse, type Options } from './options.js';
import { writeOutput } from './output.js';
import { newSerial, readRequestFile } from './req.js';
import { isSelfSigned, type Request, readRequest, requestSubject } from './request.js';
import { certificateDer, keyIdOf, publicKeyOf, readKey } from './signing.js';

const SUBJECT_KEY = ['2.5.29.14', 'subjectKeyIdentifier', 'hash'] as const;
const AUTHORITY_KEY = ['2.5.29.35', 'authorityKeyIdentifier', 'keyid'] as const;
type Known = typeof SUBJECT_KEY | typeof AUTHORITY_KEY;
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** Who signs: an authority with its key, or a request's own key. */
interface Signer {
  readonly key: KeyObject;
  readonly issuer: Bytes;
  /** Which key of the authority's it is; undefined for a certificate that is signed by itself. */
  readonly keyId: Bytes | undefined;
}

/** `openssl x509 -req -CA … -CAkey …` or `-signkey …`: an authority signs what a request asks for, or its own key does. */
export function* signRequest(sys: Sys, options: Options, digest: string): Waiting<number> {
  const authorityPath = options.value('CA');
  const ownKeyPath = options.value('signkey') ?? options.value('key');
  if (authorityPath === undefined && ownKeyPath === undefined)
    throw new Misuse('-req needs -CA or -signkey on these machines');
  if (digest !== 'sha1' && digest !== 'sha256') throw new Misuse(`-${digest} is not at hand on these machines`);
  const ownKey = authorityPath === undefined ? yield* readKey(sys, ownKeyPath ?? '') : undefined;
  const request = readRequest(yield* readRequestFile(sys, options.value('in'), 'certificate request input'));
  if (!request) {
    const why = 'PEM routines:get_name:no start line:../crypto/pem/pem_lib.c:760:Expecting: CERTIFICATE REQUEST';
    throw new Failure(['Unable to load certificate request input', queued(sys, '0480006C', why)]);
  }
  if (!isSelfSigned(request)) throw new Failure(['Certificate request self-signature did not match the contents']);
  yield* printError(sys, `Certificate request self-signature ok\nsubject=${requestSubject(request, 'oneline')}\n`);
  const signer = ownKey
    ? { key: ownKey, issuer: request.subject, keyId: undefined }
    : yield* authorityOf(sys, authorityPath ?? '', options.value('CAkey') ?? authorityPath ?? '');
  const from = Math.floor(sys.now() / MILLISECOND / 1000) * 1000;
  const der = certificateDer(
    {
      serial: yield* serialFor(sys, options, authorityPath),
      issuer: signer.issuer,
      subject: request.subject,
      from,
      until: from + Number(options.value('days') ?? 30) * DAY_MILLISECONDS,
      publicKey: request.publicKey,
      extensions: yield* extensionsFor(sys, options, request, signer.keyId),
    },
    signer.key,
  );
  const pem = options.has('noout') ? '' : writePem('CERTIFICATE', der);
  yield* writeOutput(sys, options.value('out'), encodeText(pem));
  return 0;
}

function* authorityOf(sys: Sys, path: string, keyPath: string): Waiting<Signer> {
  const [authority] = readCertificates(yield* readInput(sys, path, 'CA certificate'));
  if (!authority) throw unreadable(path, 'CA certificate');
  const key = yield* readKey(sys, keyPath, 'CA private key');
  const { subject, keyId } = certificateIdentity(authority.der);
  if (Buffer.compare(publicKeyOf(key), spkiOf(authority.der)) !== 0) {
    const why = 'x509 certificate routines:X509_check_private_key:key values mismatch:../crypto/x509/x509_cmp.c:403:';
    throw new Failure(['CA certificate and CA private key do not match', queued(sys, '05800074', why)]);
  }
  return { key, issuer: subject, keyId: keyId ?? keyIdOf(publicKeyOf(key)) };
}

function spkiOf(der: Bytes): Bytes {
  const pem = writePem('CERTIFICATE', der);
  return new Uint8Array(createPublicKey(pem).export({ type: 'spki', format: 'der' }));
}

/** A number by chance; with a file of numbers, the one after that of the file. */
function* serialFor(sys: Sys, options: Options, authorityPath: string | undefined): Waiting<Bytes> {
  const given = options.value('set_serial');
  if (given !== undefined) return bytesOfNumber(BigInt(given));
  if (authorityPath === undefined) return newSerial(sys);
  const path = options.value('CAserial') ?? authorityPath.replace(/\.[^./]*$|$/, '.srl');
  if (!options.has('CAcreateserial') && !options.has('CAserial')) return newSerial(sys);
  let serial: Bytes;
  try {
    serial = bytesOfNumber(BigInt(`0x${decodeText(sys.readFile(path)).trim()}`) + 1n);
  } catch {
    // No file, or one without a number: a new row of numbers begins.
    serial = newSerial(sys);
  }
  yield* writeOutput(sys, path, encodeText(`${hexPairs(serial).join('').toUpperCase()}\n`));
  return serial;
}

function bytesOfNumber(number: bigint): Bytes {
  const hex = number.toString(16);
  return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

/**
 * Extensions of the file that `-extfile` names, and those of the request where they are to be copied. A certificate that has
 * any says by itself which key it is for, and which has signed it unless that is the same.
 */
function* extensionsFor(sys: Sys, options: Options, request: Request, signedBy: Bytes | undefined): Waiting<Bytes[]> {
  const copied = /^copy/.test(options.value('copy_extensions') ?? '') ? request.extensions : [];
  const path = options.value('extfile');
  const keyId = keyIdOf(request.publicKey);
  const authorityKeyId = signedBy ?? keyId;
  const added = signedBy ? [SUBJECT_KEY, AUTHORITY_KEY] : [SUBJECT_KEY];
  if (path === undefined) return withKeys(copied, added, { keyId, authorityKeyId, sections: new Map() });
  const sections = readSections(decodeText(yield* readInput(sys, path, 'extension file')));
  const start = new Map(sections.get('default')).get('extensions');
  const section = sections.get(options.value('extensions') ?? start ?? 'default') ?? [];
  const around: Around = { keyId, authorityKeyId, sections };
  return withKeys([...copied, ...section.map(([name, value]) => extensionOf(name, value, around))], added, around);
}

function withKeys(extensions: readonly Bytes[], keys: readonly Known[], around: Around): Bytes[] {
  if (extensions.length === 0) return [];
  const present = new Set(extensions.map((one) => objectIdText(inside(readValues(one)[0])[0] as DerValue)));
  const added = keys.filter(([id]) => !present.has(id));
  return [...extensions, ...added.map(([, name, value]) => extensionOf(name, value, around))];
}
