import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { certificateIdentity } from '../../../api/pki/certificate-identity.js';
import {
  bitString,
  integer,
  objectId,
  octetString,
  sequence,
  setOf,
  TRUE,
  tagged,
  textString,
  time,
} from '../../../client/pki/der.js';
import { readPem, writePem } from '../../../client/pki/pem.js';
import { signatureAlgorithm, signatureOf } from '../../../client/pki/signature.js';
import type { Bytes } from '../../../kernel/bytes.js';

/** What a certificate says; who signs it if it is not itself. */
export interface CertificateWish {
  readonly commonName: string;
  readonly addresses: readonly Bytes[];
  readonly names: readonly string[];
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly days: number;
  /** May sign others. */
  readonly authority: boolean;
  readonly serial: Bytes;
  /** The certificate and the key of who signs. */
  readonly issuer?: { readonly certificate: string; readonly key: KeyObject };
}

const SERVER_AND_CLIENT = sequence(objectId('1.3.6.1.5.5.7.3.1'), objectId('1.3.6.1.5.5.7.3.2'));
const DAY = 86_400_000;

/** A certificate in PEM, as Go's crypto/x509 makes Sprig's. */
export function makeCertificate(wish: CertificateWish, key: KeyObject): string {
  const subject = nameOf(wish.commonName);
  const issuer = wish.issuer && certificateIdentity(readPem(wish.issuer.certificate)[0]?.der ?? new Uint8Array());
  const signer = wish.issuer?.key ?? key;
  const publicKey = createPublicKey(key);
  const issuerName = issuer?.subject ?? subject;
  const isOther = issuer !== undefined && !Buffer.from(issuer.subject).equals(Buffer.from(subject));
  const body = sequence(
    tagged(0xa0, integer(Uint8Array.of(2))),
    integer(wish.serial),
    signatureAlgorithm(signer),
    issuerName,
    sequence(instant(wish.from), instant(wish.from + wish.days * DAY)),
    subject,
    new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    tagged(0xa3, sequence(...extensionsOf(wish, publicKey, isOther ? issuer.keyId : undefined))),
  );
  return writePem('CERTIFICATE', sequence(body, signatureAlgorithm(signer), bitString(signatureOf(signer, body))));
}

function nameOf(commonName: string): Bytes {
  if (commonName === '') return sequence();
  return sequence(setOf(sequence(objectId('2.5.4.3'), textString(commonName))));
}

function instant(at: number): Bytes {
  return time(new Date(Math.floor(at / 1000) * 1000));
}

function extension(id: string, value: Bytes, critical = false): Bytes {
  return sequence(objectId(id), ...(critical ? [TRUE] : []), octetString(value));
}

function extensionsOf(wish: CertificateWish, publicKey: KeyObject, authorityKeyId: Bytes | undefined): Bytes[] {
  const usage = bitString(Uint8Array.of(wish.authority ? 0xa4 : 0xa0), wish.authority ? 2 : 5);
  const names = [
    ...wish.names.map((name) => tagged(0x82, Buffer.from(name, 'utf8'))),
    ...wish.addresses.map((address) => tagged(0x87, address)),
  ];
  return [
    extension('2.5.29.15', usage, true),
    extension('2.5.29.37', SERVER_AND_CLIENT),
    extension('2.5.29.19', wish.authority ? sequence(TRUE) : sequence(), true),
    ...(wish.authority ? [extension('2.5.29.14', octetString(keyId(publicKey)))] : []),
    ...(authorityKeyId ? [extension('2.5.29.35', sequence(tagged(0x80, authorityKeyId)))] : []),
    ...(names.length > 0 ? [extension('2.5.29.17', sequence(...names), wish.commonName === '')] : []),
  ];
}

/** The first twenty bytes of SHA-256 over the bits of the key, as Go has it since 1.25. */
function keyId(publicKey: KeyObject): Bytes {
  const bits =
    publicKey.asymmetricKeyType === 'rsa'
      ? publicKey.export({ type: 'pkcs1', format: 'der' })
      : publicKey.export({ type: 'spki', format: 'der' }).subarray(publicKey.asymmetricKeyType === 'ec' ? -65 : -32);
  return new Uint8Array(createHash('sha256').update(bits).digest().subarray(0, 20));
}
