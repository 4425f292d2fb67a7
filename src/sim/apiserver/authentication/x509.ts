import { readCertificates } from '../../client/tls/certificates.js';
import { verifyCertificate } from '../../client/tls/verify.js';
import type { Authenticator } from './authenticator.js';

/** Client certificates of an authority: the user is the common name, the groups are the organizations. */
export function x509Authenticator(authorities: () => string): Authenticator {
  return {
    name: 'x509',
    authenticate: ({ peer, now }) => {
      if (!peer.certificate) return undefined;
      const failure = verifyCertificate(peer.certificate, authorities(), 'client', undefined, now);
      if (failure) return 'invalid';
      const leaf = readCertificates(peer.certificate)[0];
      if (!leaf || leaf.commonName === '') return undefined;
      return { name: leaf.commonName, groups: leaf.organizations };
    },
  };
}
