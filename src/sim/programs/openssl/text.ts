import { objectIdText } from '../../api/pki/der-reader.js';
import type { Bytes } from '../../kernel/bytes.js';
import type { Certificate } from './certificate.js';
import { timeText } from './certificate.js';
import { type DerValue, hexPairs, inside, readValues } from './der.js';
import { type NameForm, nameText } from './distinguished-name.js';
import { extensionLines } from './extensions.js';
import { longName } from './object-names.js';

/** Bits of the curves that have one, and what NIST calls them. */
const CURVES: Readonly<Record<string, readonly [bits: number, nist: string]>> = {
  '1.2.840.10045.3.1.7': [256, 'P-256'],
  '1.3.132.0.34': [384, 'P-384'],
  '1.3.132.0.35': [521, 'P-521'],
};

/** Everything a certificate says, as `openssl x509 -text` shows it. */
export function certificateText(certificate: Certificate, form: NameForm): string {
  const { extensions } = certificate;
  const lines = [
    'Certificate:',
    '    Data:',
    `        Version: ${certificate.version} (0x${(certificate.version - 1).toString(16)})`,
    ...serialLines(certificate.serial),
    `        Signature Algorithm: ${longName(certificate.algorithm)}`,
    `        Issuer: ${nameText(certificate.issuer, form)}`,
    '        Validity',
    `            Not Before: ${timeText(certificate.notBefore)}`,
    `            Not After : ${timeText(certificate.notAfter)}`,
    `        Subject: ${nameText(certificate.subject, form)}`,
    '        Subject Public Key Info:',
    ...publicKeyLines(certificate.publicKey).map((line) => `            ${line}`),
    ...(extensions.length > 0 ? ['        X509v3 extensions:'] : []),
    ...extensions.flatMap(extensionLines).map((line) => `            ${line}`),
    `    Signature Algorithm: ${longName(certificate.algorithm)}`,
    '    Signature Value:',
    ...hexLines(certificate.signature, 18).map((line) => `        ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** As a number when it fits into eight bytes, else byte by byte. */
function serialLines(serial: Bytes): string[] {
  if (serial.length > 8) return ['        Serial Number:', `            ${hexPairs(serial).join(':')}`];
  const number = BigInt(`0x${hexPairs(serial).join('')}`);
  return [`        Serial Number: ${number} (0x${number.toString(16)})`];
}

/** A public key: its algorithm and numbers. */
export function publicKeyLines(info: DerValue): string[] {
  const [algorithm, bits] = inside(info);
  const [id, parameters] = inside(algorithm);
  const key = bits?.content.subarray(1) ?? new Uint8Array(0);
  const name = id ? longName(objectIdText(id)) : '';
  const head = `Public Key Algorithm: ${name}`;
  if (name === 'rsaEncryption') return [head, ...rsaLines(key)];
  if (name !== 'id-ecPublicKey' || !parameters)
    return [head, `    ${name} Public-Key:`, '    pub:', ...hexLines(key, 15).map((line) => `        ${line}`)];
  const curve = objectIdText(parameters);
  const [size, nist] = CURVES[curve] ?? [(key.length - 1) * 4, ''];
  return [
    head,
    `    Public-Key: (${size} bit)`,
    '    pub:',
    ...hexLines(key, 15).map((line) => `        ${line}`),
    `    ASN1 OID: ${longName(curve)}`,
    ...(nist === '' ? [] : [`    NIST CURVE: ${nist}`]),
  ];
}

function rsaLines(key: Bytes): string[] {
  const [modulus, exponent] = inside(readValues(key)[0]);
  const digits = modulus?.content ?? new Uint8Array(0);
  const number = BigInt(`0x${hexPairs(exponent?.content ?? Uint8Array.of(0)).join('')}`);
  const bits = digits[0] === 0 ? (digits.length - 1) * 8 : digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
  return [
    `    Public-Key: (${bits} bit)`,
    '    Modulus:',
    ...hexLines(digits, 15).map((line) => `        ${line}`),
    `    Exponent: ${number} (0x${number.toString(16)})`,
  ];
}

/** Bytes in hexadecimal, so many a line, each but the last followed by a colon. */
export function hexLines(bytes: Bytes, perLine: number): string[] {
  const pairs = hexPairs(bytes);
  const lines: string[] = [];
  for (let at = 0; at < pairs.length; at += perLine) {
    const end = at + perLine < pairs.length ? ':' : '';
    lines.push(`${pairs.slice(at, at + perLine).join(':')}${end}`);
  }
  return lines;
}
