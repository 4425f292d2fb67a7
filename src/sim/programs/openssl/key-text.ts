import { createPublicKey, type KeyObject } from 'node:crypto';
import { hexLines } from './text.js';

/** OpenSSL's name and NIST's, and bits, by the names in JSON Web Keys. */
const CURVES: Readonly<Record<string, readonly [name: string, bits: number, nist?: string]>> = {
  'P-256': ['prime256v1', 256, 'P-256'],
  'P-384': ['secp384r1', 384, 'P-384'],
  'P-521': ['secp521r1', 521, 'P-521'],
  secp256k1: ['secp256k1', 256],
};

/** The half that everybody may know. */
export function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'public' ? key : createPublicKey(key);
}

/** A number of a key by its name in JSON Web Keys. */
export function numberOf(key: KeyObject, name: string): Buffer {
  const parts = key.export({ format: 'jwk' }) as Readonly<Record<string, string>>;
  return Buffer.from(parts[name] ?? '', 'base64url');
}

/** The numbers of a key. */
export function keyText(key: KeyObject): string {
  const type = key.asymmetricKeyType;
  const lines = type === 'rsa' ? rsaLines(key) : type === 'ec' ? curveLines(key) : octetLines(key);
  return lines.map((line) => `${line}\n`).join('');
}

function rsaLines(key: KeyObject): string[] {
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  const hidden = key.type === 'private';
  const signed = (title: string, name: string): string[] => {
    const number = numberOf(key, name);
    return part(title, (number[0] ?? 0) > 0x7f ? Buffer.concat([Uint8Array.of(0), number]) : number);
  };
  const exponent = BigInt(`0x${numberOf(key, 'e').toString('hex')}`);
  const said = `${exponent} (0x${exponent.toString(16)})`;
  if (!hidden) return [`Public-Key: (${bits} bit)`, ...signed('Modulus', 'n'), `Exponent: ${said}`];
  return [
    `Private-Key: (${bits} bit, 2 primes)`,
    ...signed('modulus', 'n'),
    `publicExponent: ${said}`,
    ...signed('privateExponent', 'd'),
    ...signed('prime1', 'p'),
    ...signed('prime2', 'q'),
    ...signed('exponent1', 'dp'),
    ...signed('exponent2', 'dq'),
    ...signed('coefficient', 'qi'),
  ];
}

function curveLines(key: KeyObject): string[] {
  const { crv = '' } = key.export({ format: 'jwk' });
  const [name, bits, nist] = CURVES[crv] ?? [crv, 0];
  const point = Buffer.concat([Uint8Array.of(4), numberOf(key, 'x'), numberOf(key, 'y')]);
  return [
    `${key.type === 'private' ? 'Private' : 'Public'}-Key: (${bits} bit)`,
    ...(key.type === 'private' ? part('priv', numberOf(key, 'd')) : []),
    ...part('pub', point),
    `ASN1 OID: ${name}`,
    ...(nist === undefined ? [] : [`NIST CURVE: ${nist}`]),
  ];
}

/** Ed25519 and its kind: both halves are bytes. */
function octetLines(key: KeyObject): string[] {
  const name = key.asymmetricKeyType?.toUpperCase();
  if (key.type === 'public') return [`${name} Public-Key:`, ...part('pub', numberOf(key, 'x'))];
  return [`${name} Private-Key:`, ...part('priv', numberOf(key, 'd')), ...part('pub', numberOf(key, 'x'))];
}

function part(title: string, bytes: Buffer): string[] {
  return [`${title}:`, ...hexLines(bytes, 15).map((line) => `    ${line}`)];
}
