import { createPrivateKey, X509Certificate } from 'node:crypto';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { ServerTls } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';

/** Certificate files that cannot be used, in Go's words. */
export class TlsFileError extends Error {}

/** Reads a server's certificate, key and the authorities of its clients. Throws `TlsFileError`. */
export function readServerTls(
  sys: Sys,
  cert: string,
  key: string,
  authorities: string,
  clientRequired: boolean,
): ServerTls | undefined {
  if (cert === '' && key === '') return undefined;
  if (cert === '' || key === '') {
    throw new TlsFileError(`KeyFile and CertFile must both be present[key: ${key}, cert: ${cert}]`);
  }
  const certificate = readFile(sys, cert);
  const privateKey = readFile(sys, key);
  checkPair(certificate, privateKey);
  const trusted = authorities === '' ? undefined : readFile(sys, authorities);
  return {
    certificate: () => certificate,
    key: () => privateKey,
    ...(trusted === undefined ? {} : { clientAuthorities: () => trusted }),
    clientRequired: clientRequired || trusted !== undefined,
  };
}

function readFile(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path));
  } catch (error) {
    if (isErrno(error)) throw new TlsFileError(`open ${path}: ${error.message.toLowerCase()}`);
    throw error;
  }
}

function checkPair(certificate: string, key: string): void {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch {
    throw new TlsFileError('tls: failed to find any PEM data in certificate input');
  }
  let fits: boolean;
  try {
    fits = parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    throw new TlsFileError('tls: failed to find any PEM data in key input');
  }
  if (!fits) throw new TlsFileError('tls: private key does not match public key');
}
