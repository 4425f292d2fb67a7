/** Whether a certificate is for a host name or an address. */

import { writePem } from '../../client/pki/pem.js';
import { type ParsedCertificate, readCertificates } from '../../client/tls/certificates.js';
import { verifyHostName } from '../../client/tls/verify.js';
import type { Certificate } from './certificate.js';
import type { Options } from './options.js';

/** What `-verify_hostname` and `-verify_ip` find wrong with a leaf; undefined where neither is asked. */
export function nameCheck(options: Options): ((leaf: Certificate) => 62 | 64 | undefined) | undefined {
  const [host, address] = [options.value('verify_hostname'), options.value('verify_ip')];
  if (host === undefined && address === undefined) return undefined;
  return (leaf) => {
    const parsed = readCertificates(writePem('CERTIFICATE', leaf.der))[0];
    if (!parsed) return 62;
    if (host !== undefined && !isFor(parsed, host)) return 62;
    return address !== undefined && verifyHostName(parsed, address) !== undefined ? 64 : undefined;
  };
}

/** The name of a certificate that a host's name was found to be. */
export function peerName(leaf: Certificate, host: string): string {
  const parsed = readCertificates(writePem('CERTIFICATE', leaf.der))[0];
  const wild = host.replace(/^[^.]*/, '*').toLowerCase();
  const names = parsed?.dnsNames.map((name) => name.toLowerCase()) ?? [];
  return names.find((name) => name === host.toLowerCase()) ?? names.find((name) => name === wild) ?? host;
}

/** By its names; by its common name only where it has no other (X509_check_host). */
function isFor(certificate: ParsedCertificate, host: string): boolean {
  const wrong = verifyHostName(certificate, host);
  return wrong === undefined || (certificate.dnsNames.length === 0 && wrong.includes('legacy Common Name'));
}
