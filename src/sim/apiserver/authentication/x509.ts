import { createHash } from 'node:crypto';
import { certificateIdentity } from '../../api/pki/certificate-identity.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { verifyCertificate } from '../../client/tls/verify.js';
import { type Authenticator, CredentialError, type Outcome } from './authenticator.js';

const known = new WeakMap<object, Outcome & object>();

/** Client certificates of an authority: the user is the common name, the groups are the organizations. */
export function x509Authenticator(authorities: () => string): Authenticator {
  return {
    name: 'x509',
    authenticate: ({ peer, now }) => {
      if (!peer.certificate) return undefined;
      const leaf = readCertificates(peer.certificate)[0];
      if (!leaf) return undefined;
      const failure = verifyCertificate(peer.certificate, authorities(), 'client', undefined, now);
      if (failure) {
        const { identifier } = certificateIdentity(leaf.raw);
        return new CredentialError(`verifying certificate ${identifier} failed: x509: ${failure.message}`);
      }
      if (leaf.commonName === '') return undefined;
      const kept = known.get(leaf);
      if (kept) return kept;
      const outcome = userOf(leaf);
      known.set(leaf, outcome);
      return outcome;
    },
  };
}

function userOf(leaf: { raw: Uint8Array; commonName: string; organizations: readonly string[] }): Outcome & object {
  const { uids } = certificateIdentity(leaf.raw);
  if (uids.length > 1) return new CredentialError(`expected 1 UID, but found multiple: [${uids.join(' ')}]`);
  const [uid] = uids;
  if (uid === '') return new CredentialError('UID cannot be an empty string');
  const credential = `X509SHA256=${createHash('sha256').update(leaf.raw).digest('hex')}`;
  return {
    user: {
      name: leaf.commonName,
      ...(uid === undefined ? {} : { uid }),
      groups: leaf.organizations,
      extra: { 'authentication.kubernetes.io/credential-id': [credential] },
    },
  };
}
