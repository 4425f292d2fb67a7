import {
  bitString,
  integer,
  objectId,
  octetString,
  sequence,
  setOf,
  tagged,
  textString,
} from '../../../../src/sim/client/pki/der.js';
import { deriveKey, type KeyPair, publicKeyDer, signDer } from '../../../../src/sim/client/pki/key.js';
import { writePem } from '../../../../src/sim/client/pki/pem.js';
import { type Bytes, concatBytes } from '../../../../src/sim/kernel/bytes.js';

/** What a request for a certificate is made of. */
export interface Asked {
  readonly commonName?: string;
  readonly organizations?: readonly string[];
  /** The user's UID within the subject. */
  readonly uid?: string;
  readonly dns?: readonly string[];
  readonly addresses?: readonly string[];
  readonly emails?: readonly string[];
  readonly uris?: readonly string[];
  /** Signed with another key than the one it names. */
  readonly forged?: boolean;
}

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const part = (type: string, value: string) => setOf(sequence(objectId(type), textString(value)));
const latin = (text: string) => Buffer.from(text, 'latin1');

/** The key of a request by a name: always the same. */
export function requestKey(name: string): KeyPair {
  return deriveKey('requests for certificates', name);
}

/** A request (PKCS #10) in PEM, signed with the key of that name. */
export function makeRequest(name: string, asked: Asked): string {
  const key = requestKey(name);
  const info = sequence(integer(Uint8Array.of(0)), nameOf(asked), publicKeyDer(key), tagged(0xa0, attributes(asked)));
  const signer = asked.forged ? requestKey(`${name}, another`) : key;
  return writePem('CERTIFICATE REQUEST', sequence(info, ECDSA_WITH_SHA256, bitString(signDer(signer, info))));
}

/** The subject, DER. */
export function nameOf({ commonName, organizations = [], uid }: Asked): Bytes {
  return sequence(
    ...organizations.map((organization) => part('2.5.4.10', organization)),
    ...(commonName === undefined ? [] : [part('2.5.4.3', commonName)]),
    ...(uid === undefined ? [] : [part('1.3.6.1.4.1.57683.2', uid)]),
  );
}

function attributes({ dns = [], addresses = [], emails = [], uris = [] }: Asked): Bytes {
  const names = [
    ...dns.map((name) => tagged(0x82, latin(name))),
    ...emails.map((name) => tagged(0x81, latin(name))),
    ...addresses.map((address) => tagged(0x87, Uint8Array.from(address.split('.').map(Number)))),
    ...uris.map((uri) => tagged(0x86, latin(uri))),
  ];
  if (names.length === 0) return concatBytes([]);
  const extensions = sequence(sequence(objectId('2.5.29.17'), octetString(sequence(...names))));
  return sequence(objectId('1.2.840.113549.1.9.14'), setOf(extensions));
}
