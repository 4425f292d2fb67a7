import { createPrivateKey } from 'node:crypto';
import { keyFits, readCertificates } from './certificates.js';

/** Why a certificate and a key are no pair, in crypto/tls' words; undefined when they are one. */
export function keyPairProblem(certificatePem: string, keyPem: string): string | undefined {
  const missing = missingCertificate(blockTypes(certificatePem)) ?? missingKey(blockTypes(keyPem));
  if (missing !== undefined) return missing;
  const [leaf] = readCertificates(certificatePem);
  if (!leaf) return undefined;
  const fits = keyFits(certificatePem, keyPem);
  if (fits !== false) return undefined;
  const isSameType = createPrivateKey(keyPem).asymmetricKeyType === leaf.x509.publicKey.asymmetricKeyType;
  return isSameType
    ? 'tls: private key does not match public key'
    : 'tls: private key type does not match public key type';
}

/** What a text has of PEM's blocks. */
function blockTypes(text: string): string[] {
  return [...text.matchAll(/-----BEGIN ([^-\n]+)-----\s[\s\S]*?-----END \1-----/g)].map(([, type = '']) => type);
}

function missingCertificate(types: readonly string[]): string | undefined {
  if (types.includes('CERTIFICATE')) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input';
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY'))
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}

function missingKey(types: readonly string[]): string | undefined {
  if (types.some((type) => type.endsWith('PRIVATE KEY'))) return undefined;
  if (types.length === 0) return 'tls: failed to find any PEM data in key input';
  if (types.length === 1 && types[0] === 'CERTIFICATE')
    return 'tls: found a certificate rather than a key in the PEM for the private key';
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`;
}
