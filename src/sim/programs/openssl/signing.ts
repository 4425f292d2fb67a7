/** What is signed, and by which key: requests and certificates as OpenSSL makes them. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  bitString,
  integer,
  objectId,
  octetString,
  sequence,
  setOf,
  TRUE,
  tagged,
  time,
} from '../../client/pki/der.js';
import { type SignatureDigest, signatureAlgorithm, signatureOf } from '../../client/pki/signature.js';
import { type Bytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { inside, readValues } from './der.js';
import { Failure, readInput } from './failure.js';
import { attributeId } from './object-names.js';

const SEQUENCE = 0x30;
const UTF8 = 0x0c;
const PRINTABLE = 0x13;
const IA5 = 0x16;
const COUNTRY = '2.5.4.6';
const EMAIL = '1.2.840.113549.1.9.1';

/** A private key of a file. Throws `Failure`. */
export function* readKey(sys: Sys, path: string, what = 'private key'): Waiting<KeyObject> {
  let bytes: Bytes;
  try {
    bytes = sys.readFile(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    try {
      yield* readInput(sys, path, what);
    } catch (failure) {
      // Who misses a key says no more after the queue.
      throw failure instanceof Failure ? new Failure(failure.lines.slice(0, -1)) : failure;
    }
    throw error;
  }
  const key = keyFrom(bytes, 'private');
  if (!key) throw new Failure([`Could not read ${what} from ${path}`]);
  return key;
}

/** The key that a file holds, PEM or DER; undefined for what is none. */
export function keyFrom(bytes: Bytes, half: 'private' | 'public'): KeyObject | undefined {
  if (bytes[0] === SEQUENCE) return keyFromDer(Buffer.from(bytes), half);
  const pem = decodeText(bytes);
  if (half === 'public' && !pem.includes('PUBLIC KEY-----')) return undefined;
  return attempt(() => (half === 'public' ? createPublicKey(pem) : createPrivateKey(pem)));
}

function keyFromDer(key: Buffer, half: 'private' | 'public'): KeyObject | undefined {
  const format = 'der';
  if (half === 'public') {
    const types = ['spki', 'pkcs1'] as const;
    return firstOf(types.map((type) => attempt(() => createPublicKey({ key, format, type }))));
  }
  const types = ['pkcs8', 'pkcs1', 'sec1'] as const;
  return firstOf(types.map((type) => attempt(() => createPrivateKey({ key, format, type }))));
}

function firstOf(keys: readonly (KeyObject | undefined)[]): KeyObject | undefined {
  return keys.find((key) => key !== undefined);
}

function attempt(make: () => KeyObject): KeyObject | undefined {
  try {
    return make();
  } catch {
    // What node cannot read is no key.
    return undefined;
  }
}

/** A subject as `-subj` takes it: `/CN=jane/O=dev`, a backslash before what is meant as it stands. Throws `Failure`. */
export function subjectName(text: string): { name: Bytes; unknown: string[] } {
  if (!text.startsWith('/')) {
    throw new Failure([
      `req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where characters may be escaped by \\. This name is not in that format: '${text}'`,
    ]);
  }
  const unknown: string[] = [];
  const steps = split(text.slice(1), '/').flatMap((step) => {
    const parts = split(step, '+').flatMap((part) => {
      const at = part.indexOf('=');
      const type = part.slice(0, Math.max(at, 0)).trim();
      const value = part.slice(at + 1).replace(/\\(.)/g, '$1');
      const made = attribute(type, value);
      if (!made) unknown.push(type);
      return !made || value === '' ? [] : [made];
    });
    return parts.length > 0 ? [setOf(Buffer.concat(parts.sort(Buffer.compare)))] : [];
  });
  return { name: sequence(...steps), unknown };
}

/** One part of a name, `CN` or `commonName` and its value; undefined for a type that is not known. */
export function attribute(type: string, value: string): Bytes | undefined {
  const id = attributeId(type);
  return id === undefined ? undefined : sequence(objectId(id), valueOfType(id, value));
}

function split(text: string, sign: string): string[] {
  const parts = text.match(new RegExp(`(?:\\\\.|[^\\\\${sign}])+`, 'g'));
  return parts ?? [];
}

function valueOfType(id: string, value: string): Bytes {
  return tagged(id === COUNTRY ? PRINTABLE : id === EMAIL ? IA5 : UTF8, encodeText(value));
}

/** The SubjectPublicKeyInfo of a private key. */
export function publicKeyOf(key: KeyObject): Bytes {
  return new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }));
}

/** The identifier of a key, as `hash` makes it: of the key's bits without the algorithm (RFC 5280, 4.2.1.2). */
export function keyIdOf(publicKey: Bytes): Bytes {
  const [, bits] = inside(readValues(publicKey)[0]);
  const key = bits?.content.subarray(1) ?? new Uint8Array(0);
  return new Uint8Array(createHash('sha1').update(key).digest());
}

/** Something with its signature behind it; the same each time. */
export function signed(body: Bytes, key: KeyObject, digest: SignatureDigest = 'sha256'): Bytes {
  return sequence(body, signatureAlgorithm(key, digest), bitString(signatureOf(key, body, digest)));
}

/** What a certificate says. */
export interface CertificateParts {
  readonly serial: Bytes;
  readonly issuer: Bytes;
  readonly subject: Bytes;
  /** Milliseconds since the Unix epoch. */
  readonly from: number;
  readonly until: number;
  readonly publicKey: Bytes;
  readonly extensions: readonly Bytes[];
  /** What is signed over; left out: SHA-256. */
  readonly digest?: SignatureDigest | undefined;
}

/** A certificate: of the first version where nothing needs a later one. */
export function certificateDer(parts: CertificateParts, key: KeyObject): Bytes {
  const { serial, issuer, subject, from, until, publicKey, extensions, digest } = parts;
  const body = sequence(
    ...(extensions.length > 0 ? [tagged(0xa0, integer(Uint8Array.of(2)))] : []),
    integer(serial),
    signatureAlgorithm(key, digest),
    issuer,
    sequence(time(new Date(from)), time(new Date(until))),
    subject,
    publicKey,
    ...(extensions.length > 0 ? [tagged(0xa3, sequence(...extensions))] : []),
  );
  return signed(body, key, digest);
}

/** An extension by its number. */
export function extension(id: string, value: Bytes, critical = false): Bytes {
  return sequence(objectId(id), ...(critical ? [TRUE] : []), octetString(value));
}
