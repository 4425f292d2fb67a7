import type { Authority } from '../../../../src/sim/client/pki/authority.js';
import {
  bitString,
  integer,
  objectId,
  octetString,
  sequence,
  tagged,
  time,
} from '../../../../src/sim/client/pki/der.js';
import { privateKeyPem, publicKeyDer, signDer } from '../../../../src/sim/client/pki/key.js';
import { writePem } from '../../../../src/sim/client/pki/pem.js';
import { DAY } from '../../../../src/sim/kernel/time.js';
import { type Asked, nameOf, requestKey } from './make-request.js';

const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const CLIENT_AUTH = sequence(objectId('1.3.6.1.5.5.7.3.2'));

/** A client certificate with a subject that no signer of ours would write, good for a day around `now`. */
export function issueFor(
  authority: Authority,
  name: string,
  asked: Asked,
  now: number,
): { certificate: string; key: string } {
  const key = requestKey(name);
  const instant = (at: number) => time(new Date(Math.floor(at / 1_000_000) * 1000));
  const signed = sequence(
    tagged(0xa0, integer(Uint8Array.of(2))),
    integer(Uint8Array.of(77, name.length)),
    ECDSA_WITH_SHA256,
    nameOf({ commonName: authority.subject.commonName }),
    sequence(instant(now - DAY), instant(now + DAY)),
    nameOf(asked),
    publicKeyDer(key),
    tagged(0xa3, sequence(sequence(objectId('2.5.29.37'), octetString(CLIENT_AUTH)))),
  );
  const signature = bitString(signDer(authority.self.key, signed));
  const certificate = writePem('CERTIFICATE', sequence(signed, ECDSA_WITH_SHA256, signature));
  return { certificate, key: privateKeyPem(key) };
}
