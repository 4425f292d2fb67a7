import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Random } from '../kernel/random.js';
import type { KeyPair } from './layouts/homes.js';

const TYPE = 'ssh-ed25519';
/** PKCS #8's words before the 32 bytes of an Ed25519 key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The length of the blocks that the secrets are filled up to where no cipher says. */
const BLOCK = 8;

/** A key pair as ssh-keygen writes it, without a passphrase (OpenSSH, PROTOCOL.key). */
export function sshKeyPair(random: Random, comment: string): KeyPair {
  const type = lengthPrefixed(Buffer.from(TYPE));
  const secret = Buffer.from(random.bytes(32));
  const check = Buffer.from(random.bytes(4));
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, secret]), format: 'der', type: 'pkcs8' });
  const point = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url');
  const blob = Buffer.concat([type, lengthPrefixed(point)]);
  const none = lengthPrefixed(Buffer.from('none'));
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    none,
    none,
    lengthPrefixed(Buffer.alloc(0)),
    Buffer.from([0, 0, 0, 1]),
    lengthPrefixed(blob),
    lengthPrefixed(
      filled(
        Buffer.concat([
          check,
          check,
          type,
          lengthPrefixed(point),
          lengthPrefixed(Buffer.concat([secret, point])),
          lengthPrefixed(Buffer.from(comment)),
        ]),
      ),
    ),
  ]);
  const lines = body.toString('base64').match(/.{1,70}/g) ?? [];
  return {
    publicKey: `${TYPE} ${blob.toString('base64')} ${comment}`,
    privateKey: ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n'),
  };
}

/** Filled up with bytes that count from one. */
function filled(bytes: Buffer): Buffer {
  const room = (BLOCK - (bytes.length % BLOCK)) % BLOCK;
  return Buffer.concat([bytes, Buffer.from(Array.from({ length: room }, (_, index) => index + 1))]);
}

function lengthPrefixed(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
