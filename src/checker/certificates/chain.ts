import type { X509Certificate } from 'node:crypto';

/**
 * Follows a certificate's signatures to an authority, through others that may sign: undefined where they lead there, or
 * else the certificate at which the way ends. Who has an authority's name but another key is another.
 */
export function endBefore(
  authority: X509Certificate,
  own: X509Certificate,
  others: readonly X509Certificate[],
): X509Certificate | undefined {
  if (isSignedBy(own, authority)) return undefined;
  const next = others.find((other) => other.ca && isSignedBy(own, other));
  if (!next) return own;
  return endBefore(
    authority,
    next,
    others.filter((other) => other !== next),
  );
}

function isSignedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}
