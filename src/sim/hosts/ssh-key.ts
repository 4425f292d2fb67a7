import type { Random } from '../kernel/random.js';
import type { KeyPair } from './layouts/homes.js';

const TYPE = 'ssh-ed25519';

/**
 * A key pair in the formats ssh-keygen writes. Logging in compares the halves, it does no arithmetic, so the numbers
 * are merely random; nothing outside the machine accepts them.
 */
export function sshKeyPair(random: Random, comment: string): KeyPair {
  const type = lengthPrefixed(Buffer.from(TYPE));
  const secret = Buffer.from(random.bytes(32));
  const point = Buffer.from(random.bytes(32));
  const blob = Buffer.concat([type, lengthPrefixed(point)]).toString('base64');
  const inner = Buffer.concat([Buffer.from('openssh-key-v1\0'), type, lengthPrefixed(point), lengthPrefixed(secret)]);
  const body = inner.toString('base64').replace(/(.{70})/g, '$1\n');
  return {
    publicKey: `${TYPE} ${blob} ${comment}`,
    privateKey: `-----BEGIN OPENSSH PRIVATE KEY-----\n${body}\n-----END OPENSSH PRIVATE KEY-----\n`,
  };
}

function lengthPrefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
