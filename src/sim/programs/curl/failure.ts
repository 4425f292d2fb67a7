import { readCertificates } from '../../client/tls/certificates.js';
import { verifyCertificate } from '../../client/tls/verify.js';
import type { Micros } from '../../kernel/time.js';
import type { WebAddress, WebFailure } from '../web/exchange.js';

/** How curl ends: its status and the words behind `curl: (status) `. */
export class CurlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const MORE = `
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

/**
 * curl's status and words for what went wrong. `limit`: the time limit of the connection that was given, if any;
 * `problem`: what is wrong with the server's certificate beside its names, which OpenSSL says before curl looks at these.
 */
export function curlError(
  failure: WebFailure,
  web: WebAddress,
  spent: Micros,
  limit: Micros | undefined,
  problem: string | undefined,
): CurlError {
  const milliseconds = Math.floor(spent / 1000);
  switch (failure.kind) {
    case 'resolve':
      return new CurlError(6, `Could not resolve host: ${web.host}`);
    case 'connect': {
      if (failure.code === 'ETIMEDOUT' && limit !== undefined)
        return new CurlError(28, `Connection timed out after ${milliseconds + 1} milliseconds`);
      const where = `Failed to connect to ${web.host} port ${web.port} after ${milliseconds} ms`;
      return new CurlError(failure.code === 'ETIMEDOUT' ? 28 : 7, `${where}: Couldn't connect to server`);
    }
    case 'not-tls':
      return new CurlError(35, 'OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number');
    case 'tls':
      return tlsError(failure.message, web, problem);
    case 'empty':
      return new CurlError(52, 'Empty reply from server');
    case 'reset':
      return new CurlError(56, 'Recv failure: Connection reset by peer');
  }
}

/** What is wrong with a certificate that nobody minds (-k), as OpenSSL numbers it; undefined when nothing is. */
export function certificateProblem(
  { certificate }: { readonly certificate: string },
  { authorities }: { readonly authorities?: string | undefined },
  now: Micros,
): string | undefined {
  const failure = verifyCertificate(certificate, authorities ?? '', 'server', undefined, now);
  if (!failure) return undefined;
  if (failure.kind === 'expired')
    return / is before /.test(failure.message) ? 'certificate is not yet valid (9)' : 'certificate has expired (10)';
  const leaf = readCertificates(certificate)[0];
  return leaf?.x509.subject === leaf?.x509.issuer
    ? 'self-signed certificate (18)'
    : 'unable to get local issuer certificate (20)';
}

function tlsError(message: string, { host }: WebAddress, problem: string | undefined): CurlError {
  if (message.startsWith('remote error: tls: ')) {
    const alert = message.slice('remote error: tls: '.length);
    if (alert === 'unrecognized name')
      return new CurlError(35, 'OpenSSL/3.0.13: error:0A000458:SSL routines::tlsv1 unrecognized name');
    if (alert === 'protocol version not supported')
      return new CurlError(35, 'OpenSSL/3.0.13: error:0A00042E:SSL routines::tlsv1 alert protocol version');
    const words = alert === 'certificate required' ? 'tlsv13 alert certificate required' : 'tlsv1 alert unknown ca';
    return new CurlError(56, `OpenSSL SSL_read: OpenSSL/3.0.13: error:0A00045C:SSL routines::${words}, errno 0`);
  }
  const reason = message.replace(/^.*x509: /, '');
  if (problem !== undefined)
    return new CurlError(60, `SSL certificate problem: ${problem.replace(/ \(\d+\)$/, '')}${MORE}`);
  if (/valid for|IP SANs|legacy Common Name|any names/.test(reason)) {
    const kind = /^[\d.]+$/.test(host) ? 'ipv4 address' : 'host name';
    return new CurlError(60, `SSL: no alternative certificate subject name matches target ${kind} '${host}'${MORE}`);
  }
  return new CurlError(60, `SSL certificate problem: unable to get local issuer certificate${MORE}`);
}
