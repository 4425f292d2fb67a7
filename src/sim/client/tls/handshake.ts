import type { Handshake } from '../../kernel/conversation.js';
import { type ServerTls, TlsError } from '../../kernel/network.js';
import { readCertificates } from './certificates.js';
import { ipVersion } from './ip.js';
import { type VerifyFailure, verifyCertificate } from './verify.js';

const ALERTS: Readonly<Record<VerifyFailure['kind'], string>> = {
  'unknown-authority': 'unknown certificate authority',
  expired: 'expired certificate',
  name: 'bad certificate',
  usage: 'bad certificate',
};

/**
 * A TLS handshake between two programs of the simulation: the client judges the server's certificate, then the server
 * the client's. A server without authorities takes any client certificate and judges it later, as kube-apiserver does.
 */
export const handshake: Handshake = (server, client, name, now) => {
  if (server.oldest === 'TLSv1.3' && client.newest === 'TLSv1.2')
    throw new TlsError('remote error: tls: protocol version not supported');
  const failure = client.insecure
    ? unseen(server, name)
    : verifyCertificate(server.certificate(sentName(name)), client.authorities ?? '', 'server', name, now);
  if (failure) throw new TlsError(`tls: failed to verify certificate: x509: ${failure.message}`);
  const certificate = client.certificate;
  if (!certificate || readCertificates(certificate).length === 0) {
    if (server.clientRequired) throw new TlsError('remote error: tls: certificate required');
    return {};
  }
  const authorities = server.clientAuthorities?.();
  if (authorities !== undefined) {
    const refused = verifyCertificate(certificate, authorities, 'client', undefined, now);
    if (refused) throw new TlsError(`remote error: tls: ${ALERTS[refused.kind]}`);
  }
  return { certificate };
};

/** The name a client tells the server (SNI): none when it asked for an address. */
function sentName(name: string): string | undefined {
  return ipVersion(name.replace(/^\[(.*)\]$/, '$1')) === 0 ? name : undefined;
}

/** Who does not look at the certificate is still refused by a server that has none for the name. */
function unseen(server: ServerTls, name: string): undefined {
  server.certificate(sentName(name));
}
