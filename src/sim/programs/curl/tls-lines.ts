import { formatTime } from '../../api/time.js';
import { type ParsedCertificate, readCertificates } from '../../client/tls/certificates.js';
import type { Micros } from '../../kernel/time.js';

/** What a handshake is told about. */
export interface Handshake {
  readonly host: string;
  /** The certificate that was shown, PEM. */
  readonly certificate: string;
  readonly authorityFile: string | undefined;
  readonly insecure: boolean;
}

/** What -v says until the server's certificate has come (curl 8.5 with OpenSSL 3). */
export function helloLines({ authorityFile, insecure }: Handshake): string {
  const files = insecure
    ? ''
    : `*  CAfile: ${authorityFile ?? '/etc/ssl/certs/ca-certificates.crt'}\n*  CApath: ${authorityFile === undefined ? '/etc/ssl/certs' : 'none'}\n`;
  return `* ALPN: curl offers h2,http/1.1\n* TLSv1.3 (OUT), TLS handshake, Client hello (1):\n${files}* TLSv1.3 (IN), TLS handshake, Server hello (2):\n* TLSv1.3 (IN), TLS handshake, Encrypted Extensions (8):\n* TLSv1.3 (IN), TLS handshake, Certificate (11):\n`;
}

/** What -v says of a handshake that was done. `problem`: what would have been wrong, had anybody looked. */
export function secureLines({ host, certificate, insecure }: Handshake, problem: string | undefined): string {
  const [leaf] = readCertificates(certificate);
  if (!leaf) return '';
  const own = nameLine(leaf, host);
  const verdict =
    problem === undefined
      ? '*  SSL certificate verify ok.\n'
      : `*  SSL certificate verify result: ${problem}, continuing anyway.\n`;
  return [
    '* TLSv1.3 (IN), TLS handshake, CERT verify (15):\n',
    '* TLSv1.3 (IN), TLS handshake, Finished (20):\n',
    '* TLSv1.3 (OUT), TLS change cipher, Change cipher spec (1):\n',
    '* TLSv1.3 (OUT), TLS handshake, Finished (20):\n',
    `* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / X25519 / ${signatureOf(leaf)}\n`,
    '* ALPN: server accepted http/1.1\n',
    '* Server certificate:\n',
    `*  subject: ${nameOf(leaf.x509.subject)}\n`,
    `*  start date: ${dateOf(leaf.notBefore)}\n`,
    `*  expire date: ${dateOf(leaf.notAfter)}\n`,
    insecure ? '' : own,
    `*  issuer: ${nameOf(leaf.x509.issuer)}\n`,
    verdict,
    `*   Certificate level 0: Public key type ${keyOf(leaf)}\n`,
    '* using HTTP/1.x\n',
  ].join('');
}

/** What -v says when curl turns away from a certificate. */
export function refusedLines(message: string): string {
  const alert = message.includes('certificate has expired')
    ? 'certificate expired (557)'
    : /alternative certificate/.test(message)
      ? ''
      : 'unknown CA (560)';
  const first = message.split('\n')[0] ?? '';
  return `${alert === '' ? '' : `* TLSv1.3 (OUT), TLS alert, ${alert}:\n`}* ${first}\n* Closing connection\n`;
}

function nameLine({ dnsNames, addresses, commonName }: ParsedCertificate, host: string): string {
  const matches = (name: string) =>
    name.toLowerCase() === host.toLowerCase() ||
    (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1).toLowerCase());
  const found = dnsNames.find(matches);
  if (found !== undefined) return `*  subjectAltName: host "${host}" matched cert's "${found}"\n`;
  if (addresses.includes(host)) return `*  subjectAltName: host "${host}" matched cert's IP address!\n`;
  return dnsNames.length === 0 && matches(commonName) ? `*  common name: ${commonName} (matched)\n` : '';
}

/** `O=Acme Co; CN=x`, as curl writes OpenSSL's names. */
function nameOf(name: string): string {
  return name.split('\n').join('; ');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dateOf(instant: Micros): string {
  const [, year, month = '1', day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]{8})/.exec(formatTime(instant)) ?? [];
  return `${MONTHS[Number(month) - 1]} ${String(Number(day)).padStart(2)} ${time} ${year} GMT`;
}

function isElliptic({ x509 }: ParsedCertificate): boolean {
  return x509.publicKey.asymmetricKeyType === 'ec';
}

function signatureOf(leaf: ParsedCertificate): string {
  return isElliptic(leaf) ? 'id-ecPublicKey' : 'RSASSA-PSS';
}

function keyOf(leaf: ParsedCertificate): string {
  if (isElliptic(leaf)) return 'EC/prime256v1 (256/128 Bits/secBits), signed using ecdsa-with-SHA256';
  const bits = leaf.x509.publicKey.asymmetricKeyDetails?.modulusLength ?? 2048;
  return `RSA (${bits}/${bits >= 4096 ? 152 : bits >= 3072 ? 128 : 112} Bits/secBits), signed using sha256WithRSAEncryption`;
}
