import { createCipheriv, createDecipheriv, createPrivateKey, type KeyObject } from 'node:crypto';
import { decodeBase64 } from '../../../api/go-template/base64.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { bytesOf, textOf } from '../../../api/go-template/go-bytes.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { deriveKey, privateKeyPem } from '../../../client/pki/key.js';
import { makeRsaKey } from '../../../client/pki/rsa.js';
import { createRandom } from '../../../kernel/random.js';
import { bcryptHash } from '../crypto/bcrypt.js';
import { derivePassword } from '../crypto/derive-password.js';
import type { RenderRequest } from '../render-request.js';

type Draw = (count: number) => Uint8Array;

const BCRYPT_COST = 10;
const BCRYPT_BYTES_MAX = 72;
const BLOCK = 16;

/** Sprig's functions of passwords, ciphers and private keys. */
export function keyFunctions({ hooks }: RenderRequest): FunctionTable {
  const draw: Draw = (count) => hooks.random(count);
  return {
    bcrypt: goFunction('(string) string', (password: string) => bcrypt(password, draw)),
    decryptAES: goFunction('(string, string) string', decrypt),
    derivePassword: goFunction(
      '(uint32, string, string, string, string) string',
      (counter: number, kind: string, password: string, user: string, site: string) =>
        derivePassword(counter, kind, bytesOf(password), bytesOf(user), bytesOf(site)) ??
        `cannot find password template ${kind}`,
    ),
    encryptAES: goFunction('(string, string) string', (password: string, text: string) =>
      encrypt(password, text, draw),
    ),
    genPrivateKey: goFunction('(string) string', (type: string) => privateKey(type, draw)),
    htpasswd: goFunction('(string, string) string', (user: string, password: string) =>
      user.includes(':') ? `invalid username: ${user}` : `${user}:${bcrypt(password, draw)}`,
    ),
  };
}

function bcrypt(password: string, draw: Draw): string {
  const bytes = bytesOf(password);
  if (bytes.length > BCRYPT_BYTES_MAX) {
    return 'failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes';
  }
  return bcryptHash(bytes, BCRYPT_COST, draw(16));
}

function keyOf(password: string): Buffer {
  const key = Buffer.alloc(32);
  key.set(bytesOf(password).subarray(0, 32));
  return key;
}

function encrypt(password: string, text: string, draw: Draw): string {
  if (text === '') return '';
  const vector = draw(BLOCK);
  const cipher = createCipheriv('aes-256-cbc', keyOf(password), vector);
  return Buffer.concat([vector, cipher.update(bytesOf(text)), cipher.final()]).toString('base64');
}

function decrypt(password: string, text: string): string {
  if (text === '') return '';
  const decoded = decodeBase64(text);
  if (typeof decoded !== 'string') throw new TemplateError(decoded.problem);
  const bytes = bytesOf(decoded);
  if (bytes.length < BLOCK) {
    throw new TemplateError(`runtime error: slice bounds out of range [:${BLOCK}] with capacity ${bytes.length}`);
  }
  if (bytes.length % BLOCK !== 0) throw new TemplateError('crypto/cipher: input not full blocks');
  const cipher = createDecipheriv('aes-256-cbc', keyOf(password), bytes.subarray(0, BLOCK)).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(bytes.subarray(BLOCK)), cipher.final()]);
  const kept = plain.length - (plain.at(-1) ?? 0);
  if (plain.length === 0) throw new TemplateError('runtime error: index out of range [-1]');
  if (kept < 0) throw new TemplateError(`runtime error: slice bounds out of range [:${kept}]`);
  return textOf(plain.subarray(0, kept));
}

/** An RSA key of so many bits; Sprig's certificates have 2048, `genPrivateKey` has 4096. */
export function newRsaKey(bits: number, draw: Draw): KeyObject {
  const key = makeRsaKey(bits, createRandom(Buffer.from(draw(16)).toString('hex')));
  if (key === undefined) throw new Error(`no RSA keys of ${bits} bits`);
  return key;
}

/** What PKCS #8 puts before the seed of an Ed25519 key. */
const ED25519 = '302e020100300506032b657004220420';

function privateKey(type: string, draw: Draw): string {
  switch (type) {
    case '':
    case 'rsa':
      return String(newRsaKey(4096, draw).export({ type: 'pkcs1', format: 'pem' }));
    case 'ecdsa':
      return privateKeyPem(deriveKey(Buffer.from(draw(32)).toString('hex'), 'template'));
    case 'ed25519': {
      const der = Buffer.concat([Buffer.from(ED25519, 'hex'), draw(32)]);
      return String(
        createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }),
      );
    }
    default:
      return `Unknown type ${type}`;
  }
}
