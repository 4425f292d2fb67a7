/** Certificates for keys that others keep: what crypto/x509 makes of a request. */
import { createPrivateKey } from 'node:crypto';
import { certificateIdentity } from '../../api/pki/certificate-identity.js';
import type { RequestContent } from '../../api/pki/request-content.js';
import { type Bytes, concatBytes } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';
import { keyFits, readCertificates } from '../tls/certificates.js';
import { bitString, integer, objectId, octetString, sequence, setOf, TRUE, tagged, textString, time } from './der.js';
import { writePem } from './pem.js';
import { signatureAlgorithm, signatureOf } from './signature.js';

/** A certificate authority as files hold it. */
export interface SigningAuthority {
  readonly certificate: string;
  readonly key: string;
}

/** What a certificate is to say beyond its request. */
export interface Terms {
  readonly notBefore: Micros;
  readonly notAfter: Micros;
  /** Of Kubernetes' names for them. */
  readonly usages: readonly string[];
  /** Sixteen random bytes. */
  readonly serial: Bytes;
}

/** Bits of the key usage by name, the first highest. */
const KEY_USAGES: Readonly<Record<string, number>> = {
  signing: 0,
  'digital signature': 0,
  'content commitment': 1,
  'key encipherment': 2,
  'data encipherment': 3,
  'key agreement': 4,
  'cert sign': 5,
  'crl sign': 6,
  'encipher only': 7,
  'decipher only': 8,
};
/** Extended usages in the order in which they are written. */
const EXTENDED_USAGES: readonly (readonly [id: string, ...names: string[]])[] = [
  ['2.5.29.37.0', 'any'],
  ['1.3.6.1.5.5.7.3.1', 'server auth'],
  ['1.3.6.1.5.5.7.3.2', 'client auth'],
  ['1.3.6.1.5.5.7.3.3', 'code signing'],
  ['1.3.6.1.5.5.7.3.4', 'email protection', 's/mime'],
  ['1.3.6.1.5.5.7.3.5', 'ipsec end system'],
  ['1.3.6.1.5.5.7.3.6', 'ipsec tunnel'],
  ['1.3.6.1.5.5.7.3.7', 'ipsec user'],
  ['1.3.6.1.5.5.7.3.8', 'timestamping'],
  ['1.3.6.1.5.5.7.3.9', 'ocsp signing'],
  ['1.3.6.1.4.1.311.10.3.3', 'microsoft sgc'],
  ['2.16.840.1.113730.4.1', 'netscape sgc'],
];
/** Parts of a name in the order in which Go writes them; what else a request's name has is lost. */
const NAME_PARTS = ['2.5.4.6', '2.5.4.10', '2.5.4.11', '2.5.4.7', '2.5.4.8', '2.5.4.9', '2.5.4.17'];
const SINGLE_PARTS = ['2.5.4.3', '2.5.4.5'];
const VERSION_3 = tagged(0xa0, integer(Uint8Array.of(2)));
const EXTENSIONS = 0xa3;
const KEY_ID = 0x80;

/** Whether a certificate and its key can sign, in the words of whoever reads them. */
export function authorityError({ certificate, key }: SigningAuthority): string | undefined {
  if (readCertificates(certificate).length === 0) return 'data does not contain any valid RSA or ECDSA certificates';
  const fits = keyFits(certificate, key);
  if (fits === undefined) return 'tls: failed to parse private key';
  return fits ? undefined : 'tls: private key does not match public key';
}

/** Until when an authority may sign. */
export function authorityEnd({ certificate }: SigningAuthority): Micros {
  return readCertificates(certificate)[0]?.notAfter ?? 0;
}

/** Signs a request; gives back the certificate in PEM. */
export function signRequest(authority: SigningAuthority, request: RequestContent, terms: Terms): string {
  const issuer = certificateIdentity(readCertificates(authority.certificate)[0]?.raw ?? new Uint8Array());
  const key = createPrivateKey(authority.key);
  const algorithm = signatureAlgorithm(key);
  const signed = sequence(
    VERSION_3,
    integer(terms.serial),
    algorithm,
    issuer.subject,
    sequence(instant(terms.notBefore), instant(terms.notAfter)),
    subjectOf(request),
    request.publicKey,
    tagged(EXTENSIONS, sequence(...extensionsOf(request, terms, issuer.keyId))),
  );
  return writePem('CERTIFICATE', sequence(signed, algorithm, bitString(signatureOf(key, signed))));
}

function subjectOf({ parts }: RequestContent): Bytes {
  const valuesOf = (type: string) => parts.flatMap(([one, value]) => (one === type && value !== '' ? [value] : []));
  const several = NAME_PARTS.flatMap((type) => {
    const items = valuesOf(type).map((value) => sequence(objectId(type), textString(value)));
    return items.length > 0 ? [setOf(concatBytes(items.sort((a, b) => Buffer.compare(a, b))))] : [];
  });
  const single = SINGLE_PARTS.flatMap((type) => {
    const value = valuesOf(type).at(-1);
    return value === undefined ? [] : [setOf(sequence(objectId(type), textString(value)))];
  });
  return sequence(...several, ...single);
}

function extensionsOf({ names, parts }: RequestContent, { usages }: Terms, authorityKeyId: Bytes | undefined): Bytes[] {
  const bits = new Set(usages.flatMap((usage) => KEY_USAGES[usage] ?? []));
  const extended = EXTENDED_USAGES.filter(([, ...all]) => all.some((name) => usages.includes(name)));
  const ids = extended.map(([id]) => objectId(id));
  const extension = (id: string, value: Bytes, critical: boolean) =>
    sequence(objectId(id), ...(critical ? [TRUE] : []), octetString(value));
  return [
    ...(bits.size > 0 ? [extension('2.5.29.15', usageBits(bits), true)] : []),
    ...(ids.length > 0 ? [extension('2.5.29.37', sequence(...ids), false)] : []),
    extension('2.5.29.19', sequence(), true),
    ...(authorityKeyId ? [extension('2.5.29.35', sequence(tagged(KEY_ID, authorityKeyId)), false)] : []),
    ...(names.extension ? [extension('2.5.29.17', names.extension, parts.length === 0)] : []),
  ];
}

/** As DER has it: no more bits than the last one that is set needs. */
function usageBits(bits: ReadonlySet<number>): Bytes {
  const last = Math.max(...bits);
  const bytes = new Uint8Array(last > 7 ? 2 : 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] as number) | (0x80 >> (bit & 7));
  return bitString(bytes, 7 - (last & 7));
}

function instant(at: Micros): Bytes {
  return time(new Date(Math.floor(at / 1_000_000) * 1000));
}
