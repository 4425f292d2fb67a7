import { createHash } from 'node:crypto';
import { type Bytes, concatBytes } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';
import { bitString, integer, objectId, octetString, sequence, setOf, TRUE, tagged, textString, time } from './der.js';
import { type KeyPair, publicKeyDer, signDer } from './key.js';
import { writePem } from './pem.js';

/** Whose name a certificate carries. */
export interface Subject {
  readonly commonName: string;
  readonly organizations?: readonly string[];
}

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: Subject;
  /** May sign others. */
  readonly authority?: boolean;
  readonly usages?: readonly ('server' | 'client')[];
  readonly dnsNames?: readonly string[];
  readonly addresses?: readonly string[];
  readonly notBefore: Micros;
  readonly notAfter: Micros;
  /** Eight bytes and positive; the issuer sees to it that none comes twice. */
  readonly serial: Bytes;
}

/** Who signs: a subject and its key. */
export interface Issuer {
  readonly subject: Subject;
  readonly key: KeyPair;
}

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const COMMON_NAME = objectId('2.5.4.3');
const ORGANIZATION = objectId('2.5.4.10');
const SUBJECT_KEY_ID = objectId('2.5.29.14');
const KEY_USAGE = objectId('2.5.29.15');
const ALTERNATIVE_NAMES = objectId('2.5.29.17');
const BASIC_CONSTRAINTS = objectId('2.5.29.19');
const AUTHORITY_KEY_ID = objectId('2.5.29.35');
const EXTENDED_KEY_USAGE = objectId('2.5.29.37');
const USAGES = { server: objectId('1.3.6.1.5.5.7.3.1'), client: objectId('1.3.6.1.5.5.7.3.2') } as const;
const VERSION_3 = tagged(0xa0, integer(Uint8Array.of(2)));
/** Fields of X.509 that are told apart by number: a certificate's extensions, a key's id, kinds of names. */
const EXTENSIONS = 0xa3;
const KEY_ID = 0x80;
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;
/** Bits of a key's usage, the first one highest. */
const DIGITAL_SIGNATURE = 0x80;
const KEY_ENCIPHERMENT = 0x20;
const SIGNS_CERTIFICATES = 0x04;

/** Makes a certificate as PEM. Without an issuer it signs itself. */
export function makeCertificate(content: CertificateContent, key: KeyPair, issuer?: Issuer): string {
  const signer = issuer ?? { subject: content.subject, key };
  const signed = sequence(
    VERSION_3,
    integer(content.serial),
    ECDSA_WITH_SHA256,
    nameOf(signer.subject),
    sequence(instant(content.notBefore), instant(content.notAfter)),
    nameOf(content.subject),
    publicKeyDer(key),
    tagged(EXTENSIONS, sequence(...extensionsOf(content, key, issuer))),
  );
  const signature = bitString(signDer(signer.key, signed));
  return writePem('CERTIFICATE', sequence(signed, ECDSA_WITH_SHA256, signature));
}

function extensionsOf(content: CertificateContent, key: KeyPair, issuer: Issuer | undefined): Bytes[] {
  const extensions = [
    extension(KEY_USAGE, keyUsage(content.authority === true), TRUE),
    ...(content.usages?.length
      ? [extension(EXTENDED_KEY_USAGE, sequence(...content.usages.map((use) => USAGES[use])))]
      : []),
    extension(BASIC_CONSTRAINTS, content.authority ? sequence(TRUE) : sequence(), TRUE),
  ];
  if (content.authority) extensions.push(extension(SUBJECT_KEY_ID, octetString(keyId(key))));
  if (issuer) extensions.push(extension(AUTHORITY_KEY_ID, sequence(tagged(KEY_ID, keyId(issuer.key)))));
  const names = [
    ...(content.dnsNames ?? []).map((name) => tagged(DNS_NAME, Buffer.from(name, 'latin1'))),
    ...(content.addresses ?? []).map((address) => tagged(IP_ADDRESS, addressBytes(address))),
  ];
  if (names.length > 0) extensions.push(extension(ALTERNATIVE_NAMES, sequence(...names)));
  return extensions;
}

/** `critical` is TRUE or left out. */
function extension(id: Bytes, value: Bytes, ...critical: Bytes[]): Bytes {
  return sequence(id, ...critical, octetString(value));
}

/** As DER has it: only as many bits as the last one that is set needs. */
function keyUsage(authority: boolean): Bytes {
  const bits = DIGITAL_SIGNATURE | KEY_ENCIPHERMENT | (authority ? SIGNS_CERTIFICATES : 0);
  return bitString(Uint8Array.of(bits), authority ? 2 : 5);
}

/** SHA-1 over the public point, as RFC 5280 suggests. */
function keyId(key: KeyPair): Bytes {
  return createHash('sha1').update(key.point).digest();
}

function nameOf(subject: Subject): Bytes {
  const part = (type: Bytes, value: string) => setOf(sequence(type, textString(value)));
  const organizations = (subject.organizations ?? []).map((organization) => part(ORGANIZATION, organization));
  return sequence(...organizations, part(COMMON_NAME, subject.commonName));
}

function instant(at: Micros): Bytes {
  return time(new Date(Math.floor(at / 1_000_000) * 1000));
}

/** Four bytes, or sixteen with what `::` stands for filled in. */
function addressBytes(address: string): Bytes {
  if (!address.includes(':')) return Uint8Array.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':').map((group) => Number.parseInt(group, 16)) : []);
  const [before, after] = [groups(head), groups(tail)];
  const all = [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
  return concatBytes(all.map((group) => Uint8Array.of(group >> 8, group & 0xff)));
}
