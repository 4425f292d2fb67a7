import { type Bytes, concatBytes } from '../../kernel/bytes.js';

/** Tags of ASN.1's types, in DER. */
const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectId: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  printableString: 0x13,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** A value with its tag and length. */
export function tagged(tag: number, content: Bytes): Bytes {
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthBytes(length).length, ...lengthBytes(length)];
  return concatBytes([Uint8Array.from(head), content]);
}

/** A sequence of values that are DER already. */
export function sequence(...items: Bytes[]): Bytes {
  return tagged(TAG.sequence, concatBytes(items));
}

/** A set of one value. */
export function setOf(item: Bytes): Bytes {
  return tagged(TAG.set, item);
}

/** A number that is not negative, from its bytes: no needless zeros, but one before what would look negative. */
export function integer(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  const negative = (digits[0] as number) >= 0x80;
  return tagged(TAG.integer, negative ? concatBytes([Uint8Array.of(0), digits]) : digits);
}

/** TRUE; what is FALSE by default is left out in DER. */
export const TRUE: Bytes = tagged(TAG.boolean, Uint8Array.of(0xff));

/** Bits, the last `unused` of which do not count. */
export function bitString(bytes: Bytes, unused = 0): Bytes {
  return tagged(TAG.bitString, concatBytes([Uint8Array.of(unused), bytes]));
}

/** Bytes as they are; X.509 wraps the DER of each extension's value so. */
export function octetString(bytes: Bytes): Bytes {
  return tagged(TAG.octetString, bytes);
}

/** An object identifier from its dotted text. */
export function objectId(text: string): Bytes {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tagged(TAG.objectId, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A text, printable where its characters allow it. */
export function textString(text: string): Bytes {
  const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
  return tagged(printable ? TAG.printableString : TAG.utf8String, Buffer.from(text, 'utf8'));
}

/** An instant of whole seconds as X.509 writes it: with two digits for the year before 2050. */
export function time(at: Date): Bytes {
  const digits = at.toISOString().replace(/\.\d+Z$|[-:T]/g, '');
  const short = at.getUTCFullYear() < 2050;
  return tagged(
    short ? TAG.utcTime : TAG.generalizedTime,
    Buffer.from(`${short ? digits.slice(2) : digits}Z`, 'latin1'),
  );
}

function lengthBytes(length: number): number[] {
  return length < 0x100 ? [length] : [...lengthBytes(length >>> 8), length & 0xff];
}

function base128(number: number): number[] {
  const low = number & 0x7f;
  return number < 0x80 ? [low] : [...base128(number >>> 7).map((byte) => byte | 0x80), low];
}
