import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readPublicKey } from '../../client/pki/jwt.js';
import { readPem } from '../../client/pki/pem.js';
import { keyFits, readCertificates } from '../../client/tls/certificates.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** A file the server cannot start without; the text follows `"command failed" err=`. */
export class StartError extends Error {}

/** Something that the server does not even return from: a fatal line of its log, from a place in its source. */
export class FatalError extends StartError {
  readonly where: string;

  constructor(where: string, message: string) {
    super(message);
    this.where = where;
  }
}

/**
 * A file's text. Throws `StartError` with the Errno as its cause: `open /path: no such file or directory`; a folder can be
 * opened, and not be read.
 */
export function readText(sys: Pick<Sys, 'readFile'>, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const operation = error.code === 'EISDIR' ? 'read' : 'open';
    throw new StartError(`${operation} ${path}: ${error.message.toLowerCase()}`, { cause: error });
  }
}

/** A certificate and its key, checked as tls.X509KeyPair does. */
export function readKeyPair(
  sys: Pick<Sys, 'readFile'>,
  certPath: string,
  keyPath: string,
): { certificate: string; key: string } {
  const certificate = readText(sys, certPath);
  const key = readText(sys, keyPath);
  if (readPem(certificate).length === 0) throw new StartError('tls: failed to find any PEM data in certificate input');
  if (readPem(key).length === 0) throw new StartError('tls: failed to find any PEM data in key input');
  const fits = keyFits(certificate, key);
  if (fits === undefined) throw new StartError('tls: failed to parse private key');
  if (!fits) throw new StartError('tls: private key does not match public key');
  return { certificate, key };
}

/** A bundle of authorities. `what` begins the message. */
export function readAuthorities(sys: Pick<Sys, 'readFile'>, path: string, name: string, what: string): string {
  const text = readText(sys, path);
  const bundle = `${name}::${path}`;
  if (text === '') throw new StartError(`${what}: missing content for CA bundle ${JSON.stringify(bundle)}`);
  if (readCertificates(text).length === 0) {
    throw new StartError(
      `${what}: error loading CA bundle for ${JSON.stringify(bundle)}: data does not contain any valid RSA or ECDSA certificates`,
    );
  }
  return text;
}

/** The private key that signs tokens. */
export function readSigningKey(sys: Pick<Sys, 'readFile'>, path: string): KeyObject {
  const prefix = 'failed to parse service-account-issuer-key-file: ';
  const text = prefixed(prefix, () => readText(sys, path));
  try {
    return createPrivateKey(text);
  } catch {
    throw new StartError(
      `${prefix}error reading private key file ${path}: data does not contain a valid RSA or ECDSA private key`,
    );
  }
}

/** The public keys that tokens are checked with. */
export function readTokenKeys(sys: Pick<Sys, 'readFile'>, paths: readonly string[]): KeyObject[] {
  return paths.map((path) => {
    const text = prefixed('', () => readText(sys, path));
    try {
      return readPublicKey(text);
    } catch {
      throw new StartError(
        `error reading public key file ${path}: data does not contain any valid RSA or ECDSA public keys`,
      );
    }
  });
}

function prefixed<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof StartError) throw new StartError(`${prefix}${error.message}`);
    throw error;
  }
}
