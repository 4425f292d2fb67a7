import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { makeRsaKey } from '../../client/pki/rsa.js';
import type { Random } from '../../kernel/random.js';
import { sshNumber, sshString } from './wire.js';

/** A key pair as OpenSSH stores it. */
export interface SshKey {
  /** What ssh-keygen calls the kind: `ED25519`. */
  readonly kind: string;
  readonly bits: number;
  /** The name in front of the public half: `ssh-ed25519`. */
  readonly algorithm: string;
  /** The public half on the wire. */
  readonly publicBlob: Buffer;
  /** What the private section holds between the algorithm's name and the comment. */
  readonly privateFields: Buffer;
}

/** PKCS #8's words before the 32 bytes of an Ed25519 key (RFC 8410). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const ED25519_BYTES = 32;
const CURVE = 'nistp256';

/** A new key; undefined for a length that is not made here. Randomness comes from the machine. */
export function newKey(type: KeyType, bits: number, random: Random): SshKey | undefined {
  if (type === 'rsa') return rsaKey(bits, random);
  return type === 'ecdsa' ? ecdsaKey(random) : ed25519Key(random);
}

export const KEY_TYPES = ['ed25519', 'ecdsa', 'rsa'] as const;
export type KeyType = (typeof KEY_TYPES)[number];

function ed25519Key(random: Random): SshKey {
  const seed = Buffer.from(random.bytes(ED25519_BYTES));
  const secret = createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const point = part(createPublicKey(secret), 'x');
  return {
    kind: 'ED25519',
    bits: 256,
    algorithm: 'ssh-ed25519',
    publicBlob: Buffer.concat([sshString('ssh-ed25519'), sshString(point)]),
    privateFields: Buffer.concat([sshString(point), sshString(Buffer.concat([seed, point]))]),
  };
}

function ecdsaKey(random: Random): SshKey {
  const algorithm = `ecdsa-sha2-${CURVE}`;
  const pair = createECDH('prime256v1');
  // The highest bit away: every such number is below the curve's order.
  const secret = Buffer.from(random.bytes(32));
  secret[0] = ((secret[0] as number) & 0x7f) | 1;
  pair.setPrivateKey(secret);
  const point = sshString(pair.getPublicKey());
  return {
    kind: 'ECDSA',
    bits: 256,
    algorithm,
    publicBlob: Buffer.concat([sshString(algorithm), sshString(CURVE), point]),
    privateFields: Buffer.concat([sshString(CURVE), point, sshNumber(secret)]),
  };
}

function rsaKey(bits: number, random: Random): SshKey | undefined {
  const key = makeRsaKey(bits, random);
  if (!key) return undefined;
  const [n, e, d, qi, p, q] = (['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((name) => sshNumber(part(key, name)));
  return {
    kind: 'RSA',
    bits,
    algorithm: 'ssh-rsa',
    publicBlob: Buffer.concat([sshString('ssh-rsa'), e as Buffer, n as Buffer]),
    privateFields: Buffer.concat([n, e, d, qi, p, q] as Buffer[]),
  };
}

function part(key: KeyObject, name: 'x' | 'n' | 'e' | 'd' | 'p' | 'q' | 'qi'): Buffer {
  return Buffer.from(key.export({ format: 'jwk' })[name] as string, 'base64url');
}
