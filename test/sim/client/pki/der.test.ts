import { expect, it } from 'vitest';
import {
  bitString,
  integer,
  objectId,
  octetString,
  sequence,
  TRUE,
  textString,
  time,
} from '../../../../src/sim/client/pki/der.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

// As X.690 says; the object identifiers are OpenSSL 3.0's for prime256v1 signatures and common names.
it.each([
  ['ecdsa-with-SHA256', objectId('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
  ['commonName', objectId('2.5.4.3'), '0603550403'],
  ['zero', integer(bytes(0, 0)), '020100'],
  ['a number with leading zeros', integer(bytes(0, 0, 0x7f)), '02017f'],
  ['a number whose first bit is set', integer(bytes(0x80)), '02020080'],
  ['true', TRUE, '0101ff'],
  ['an empty sequence', sequence(), '3000'],
  ['three bits', bitString(bytes(0xa0), 5), '030205a0'],
  ['a length of 200', octetString(new Uint8Array(200)).subarray(0, 3), '0481c8'],
  ['a length of 300', octetString(new Uint8Array(300)).subarray(0, 4), '0482012c'],
  ['printable text', textString('system:masters'), `130e${Buffer.from('system:masters').toString('hex')}`],
  ['other text', textString('ü@x'), '0c04c3bc4078'],
  ['an instant', time(new Date('2026-01-15T09:00:01Z')), `170d${Buffer.from('260115090001Z').toString('hex')}`],
  ['one after 2049', time(new Date('2050-01-15T09:00:01Z')), `180f${Buffer.from('20500115090001Z').toString('hex')}`],
])('writes %s', (_, written, expected) => {
  expect(Buffer.from(written).toString('hex')).toBe(expected);
});
