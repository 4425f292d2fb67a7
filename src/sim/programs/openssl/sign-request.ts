import { createPublicKey, type KeyObject } from 'node:crypto';
import { certificateIdentity } from '../../api/pki/certificate-identity.js';
import { objectIdText } from '../../api/pki/der-reader.js';
import { tagged } from '../../client/pki/der.js';
import { writePem } from '../../client/pki/pem.js';
import { isSignatureDigest } from '../../client/pki/signature.js';
import { type Bytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { readCertificates } from './certificate.js';
import { type DerValue, hexPairs, inside, readValues } from './der.js';
import { DIGESTS } from './digests.js';
import { type Around, extensionOf, readSections } from './extension-values.js';
import { Failure, queued, readInput, unknownAlgorithm, unopened, unreadable } from './failure.js';
import { Misuse, type Options } from './options.js';
import { writeOutput } from './output.js';
import { bytesOfNumber, newSerial, readRequestFile, serialOf } from './req.js';
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
  /** Who has issued the authority's own certificate, and its number. */
  readonly certified?: { readonly name: Bytes; readonly serial: Bytes };
}

/** `openssl x509 -req -CA … -CAkey …` or `-signkey …`: an authority signs what a request asks for, or its own key does. */
export function* signRequest(sys: Sys, options: Options, digest: string | undefined): Waiting<number> {
  const authorityPath = options.value('CA');
  const ownKeyPath = options.value('signkey') ?? options.value('key');
  if (authorityPath === undefined && ownKeyPath === undefined)
    throw new Misuse('-req needs -CA or -signkey on these machines');
  if (digest !== undefined && !isSignatureDigest(digest) && DIGESTS.has(digest))
    throw new Misuse(`certificates are not signed over ${digest} on these machines`);
  if (Number(options.value('days') ?? 0) < -1) throw new Failure(['x509: -days parameter arg must be >= -1']);
  const file = extensionFile(sys, options);
  const ownKey = authorityPath === undefined ? yield* readKey(sys, ownKeyPath ?? '') : undefined;
  const request = yield* goodRequest(sys, options.value('in'));
  const signer = ownKey
    ? { key: ownKey, issuer: request.subject, keyId: undefined }
    : yield* authorityOf(sys, authorityPath ?? '', options.value('CAkey') ?? authorityPath ?? '');
  if (digest !== undefined && !isSignatureDigest(digest)) {
    const place = 'digital envelope routines:do_sigver_init:initialization error:../crypto/evp/m_sigver.c:251:';
    throw new Failure([unknownAlgorithm(sys, digest), queued(sys, '03000086', place)]);
  }
  const from = Math.floor(sys.now() / MILLISECOND / 1000) * 1000;
  const der = certificateDer(
    {
      serial: yield* serialFor(sys, options, authorityPath),
      issuer: signer.issuer,
      subject: request.subject,
      from,
      until: from + Number(options.value('days') ?? 30) * DAY_MILLISECONDS,
      publicKey: request.publicKey,
      extensions: extensionsFor(options, file, request, signer),
      digest,
    },
    signer.key,
  );
  const pem = options.has('noout') ? '' : writePem('CERTIFICATE', der);
  yield* writeOutput(sys, options.value('out'), encodeText(pem));
  return 0;
}

/** A request that its own key has signed. Throws `Failure`. */
function* goodRequest(sys: Sys, path: string | undefined): Waiting<Request> {
  const request = readRequest(yield* readRequestFile(sys, path, 'certificate request input'));
  if (!request) {
    const why = 'PEM routines:get_name:no start line:../crypto/pem/pem_lib.c:760:Expecting: CERTIFICATE REQUEST';
    throw new Failure(['Unable to load certificate request input', queued(sys, '0480006C', why)]);
  }
  if (!isSelfSigned(request)) throw new Failure(['Certificate request self-signature did not match the contents']);
  yield* printError(sys, `Certificate request self-signature ok\nsubject=${requestSubject(request, 'oneline')}\n`);
  return request;
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
  return {
    key,
    issuer: subject,
    keyId: keyId ?? keyIdOf(publicKeyOf(key)),
    certified: { name: tagged(authority.issuer.tag, authority.issuer.content), serial: authority.serial },
  };
}

function spkiOf(der: Bytes): Bytes {
  const pem = writePem('CERTIFICATE', der);
  return new Uint8Array(createPublicKey(pem).export({ type: 'spki', format: 'der' }));
}

/** A number by chance; with a file of numbers, the one after that of the file. */
function* serialFor(sys: Sys, options: Options, authorityPath: string | undefined): Waiting<Bytes> {
  const given = options.value('set_serial');
  if (given !== undefined) return serialOf(sys, given, 'x509');
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

/** What `-extfile` says, all of it and the section that counts. */
interface ExtensionFile {
  readonly sections: Around['sections'];
  readonly section: readonly (readonly [name: string, value: string])[];
}

/** Reads the file of `-extfile`; undefined where none is named. Throws `Failure`. */
function extensionFile(sys: Sys, options: Options): ExtensionFile | undefined {
  const path = options.value('extfile');
  if (path === undefined) return undefined;
  let bytes: Bytes;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Failure([`Can't open "${path}" for reading, ${error.message}`, ...unopened(sys, path, 'r', error)]);
  }
  const sections = readSections(decodeText(bytes));
  const name = options.value('extensions') ?? new Map(sections.get('default')).get('extensions') ?? 'default';
  const section = sections.get(name);
  if (!section) throw new Failure([`Error checking extension section ${name}`]);
  return { sections, section };
}

/**
 * Extensions of the file that `-extfile` names, and those of the request where they are to be copied. A certificate that has
 * any says by itself which key it is for, and which has signed it unless that is the same.
 */
function extensionsFor(options: Options, file: ExtensionFile | undefined, request: Request, signer: Signer): Bytes[] {
  const copied = /^copy/.test(options.value('copy_extensions') ?? '') ? request.extensions : [];
  const keyId = keyIdOf(request.publicKey);
  const isOther = signer.keyId !== undefined && Buffer.compare(signer.keyId, keyId) !== 0;
  const added = isOther ? [SUBJECT_KEY, AUTHORITY_KEY] : [SUBJECT_KEY];
  const { section, sections } = file ?? { section: [], sections: new Map() };
  const around: Around = { keyId, authorityKeyId: signer.keyId ?? keyId, sections, issuer: signer.certified };
  return withKeys([...copied, ...section.map(([name, value]) => extensionOf(name, value, around))], added, around);
}

function withKeys(extensions: readonly Bytes[], keys: readonly Known[], around: Around): Bytes[] {
  if (extensions.length === 0) return [];
  const present = new Set(extensions.map((one) => objectIdText(inside(readValues(one)[0])[0] as DerValue)));
  const added = keys.filter(([id]) => !present.has(id));
  return [...extensions, ...added.map(([, name, value]) => extensionOf(name, value, around))];
}
