import { createPrivateKey } from 'node:crypto';
import { keyFits, readCertificates } from './certificates.js';

/** Why a certificate and a key are no pair, in crypto/tls' words; undefined when they are one. */
export function keyPairProblem(certificatePem: string, keyPem: string): string | undefined {
  const [leaf] = readCertificates(certificatePem);
  if (!leaf) return undefined;
  if (/-----BEGIN CERTIFICATE-----/.test(keyPem) && !/PRIVATE KEY-----/.test(keyPem))
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  const fits = keyFits(certificatePem, keyPem);
  if (fits !== false) return undefined;
  const isSameType = createPrivateKey(keyPem).asymmetricKeyType === leaf.x509.publicKey.asymmetricKeyType;
  return isSameType
    ? 'tls: private key does not match public key'
    : 'tls: private key type does not match public key type';
}
