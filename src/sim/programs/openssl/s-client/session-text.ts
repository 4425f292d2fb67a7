import type { KeyObject } from 'node:crypto';
import { writePem } from '../../../client/pki/pem.js';
import type { Sys } from '../../../kernel/sys.js';
import { SECOND } from '../../../kernel/time.js';
import { type Certificate, timeText } from '../certificate.js';
import { PROBLEMS, type ProblemCode } from '../chain.js';
import { nameText } from '../distinguished-name.js';
import { longName } from '../object-names.js';
import type { Agreed } from './agreed.js';

/** What is shown of a connection. */
export interface Session {
  readonly shown: readonly Certificate[];
  readonly asked: readonly Certificate[] | undefined;
  readonly agreed: Agreed;
  readonly code: ProblemCode;
  /** The name that was found where one was asked for. */
  readonly peerName: string | undefined;
  readonly showsAll: boolean;
  /** Whether the client turned away from what it was shown. */
  readonly isRefused: boolean;
}

const SIGNATURES = 'RSA-PSS+SHA256:ECDSA+SHA256:ed25519:RSA-PSS+SHA384:RSA-PSS+SHA512:ECDSA+SHA384:ECDSA+SHA512';
const TICKET_BYTES = 105;
const TICKET_SECONDS = 604_800;
const TIMEOUT_SECONDS = 7200;

/** Everything that s_client shows once there is a connection. */
export function sessionText(sys: Sys, session: Session): string {
  const { shown, agreed, code, isRefused } = session;
  const lines = [
    '---',
    'Certificate chain',
    ...shown.flatMap((one, at) => chainLines(one, at, session.showsAll)),
    '---',
    ...(isRefused ? ['no peer certificate available'] : serverLines(session)),
    '---',
    ...askedLines(session.asked),
    ...(isRefused ? [] : signatureLines(shown[0]?.x509.publicKey)),
    'Server Temp Key: X25519, 253 bits',
    '---',
    `SSL handshake has read ${agreed.read} bytes and written ${agreed.written} bytes`,
    ...verification(code, session.peerName),
    '---',
    `New, ${agreed.protocol}, Cipher is ${agreed.cipher}`,
    ...(isRefused ? [] : [`Server public key is ${bitsOf(shown[0]?.x509.publicKey)} bit`]),
    ...endLines(agreed),
    ...(agreed.protocol === 'TLSv1.2' ? oldSession(sys, agreed, code) : newSession(code)),
    '---',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What is shown of a server that does not come as far as a certificate. */
export function brokenText(sys: Sys, isOld: boolean, read: number, written: number): string {
  const session = isOld
    ? [...sessionHead('TLSv1.2', '0000', '', ''), ...times(sys, 0), '    Extended master secret: no']
    : newSession(0);
  return [
    '---',
    'no peer certificate available',
    '---',
    'No client certificate CA names sent',
    '---',
    `SSL handshake has read ${read} bytes and written ${written} bytes`,
    'Verification: OK',
    '---',
    'New, (NONE), Cipher is (NONE)',
    'Secure Renegotiation IS NOT supported',
    'Compression: NONE',
    'Expansion: NONE',
    'No ALPN negotiated',
    ...session,
    '---',
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The few lines of `-brief`. */
export function briefText({ shown, agreed, code, peerName }: Session, isOpenSsl: boolean): string {
  const formats = isOpenSsl ? 'uncompressed:ansiX962_compressed_prime:ansiX962_compressed_char2' : 'uncompressed';
  const key = shown[0]?.x509.publicKey;
  const [digest, type] = signatureLines(key).map((line) => line.replace(/^.*: /, ''));
  const lines = [
    'CONNECTION ESTABLISHED',
    `Protocol version: ${agreed.protocol}`,
    `Ciphersuite: ${agreed.cipher}`,
    ...(shown[0] ? [`Peer certificate: ${nameText(shown[0].subject)}`] : []),
    ...(type === undefined ? [] : [`Hash used: ${digest}`]),
    `Signature type: ${type ?? digest}`,
    ...verification(code, peerName),
    ...(agreed.protocol === 'TLSv1.2' ? [`Supported Elliptic Curve Point Formats: ${formats}`] : []),
    'Server Temp Key: X25519, 253 bits',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** A ticket to come back with, as Go's servers send one when the handshake is done. */
export function ticketText(sys: Sys, { agreed, code }: Session): string {
  const random = sys.random().fork('ticket');
  const hex = (count: number) => Buffer.from(random.bytes(count)).toString('hex').toUpperCase();
  const lines = [
    '---',
    'Post-Handshake New Session Ticket arrived:',
    'SSL-Session:',
    `    Protocol  : ${agreed.protocol}`,
    `    Cipher    : ${agreed.cipher}`,
    `    Session-ID: ${hex(32)}`,
    '    Session-ID-ctx: ',
    `    Resumption PSK: ${hex(32)}`,
    ...NO_NAMES,
    `    TLS session ticket lifetime hint: ${TICKET_SECONDS} (seconds)`,
    '    TLS session ticket:',
    ...dumpLines(random.bytes(TICKET_BYTES)),
    '',
    ...times(sys, code),
    '    Extended master secret: no',
    '    Max Early Data: 0',
    '---',
    'read R BLOCK',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const NO_NAMES = ['    PSK identity: None', '    PSK identity hint: None', '    SRP username: None'];

function times(sys: Sys, code: ProblemCode): string[] {
  return [
    `    Start Time: ${Math.floor(sys.now() / SECOND)}`,
    `    Timeout   : ${TIMEOUT_SECONDS} (sec)`,
    `    ${returnCode(code)}`,
  ];
}

function dumpLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte, index) => `${byte.toString(16).padStart(2, '0')}${index === 7 ? '-' : ' '}`).join('');
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`    ${at.toString(16).padStart(4, '0')} - ${hex.padEnd(48)}  ${text}`);
  }
  return lines;
}

function chainLines(certificate: Certificate, at: number, withPem: boolean): string[] {
  const { subject, issuer, notBefore, notAfter, x509, algorithm } = certificate;
  return [
    `${`${at}`.padStart(2)} s:${nameText(subject)}`,
    `   i:${nameText(issuer)}`,
    `   a:PKEY: ${keyName(x509.publicKey)}, ${bitsOf(x509.publicKey)} (bit); sigalg: ${shortAlgorithm(algorithm)}`,
    `   v:NotBefore: ${timeText(notBefore)}; NotAfter: ${timeText(notAfter)}`,
    ...(withPem ? [pemOf(certificate)] : []),
  ];
}

function serverLines({ shown, showsAll }: Session): string[] {
  const [leaf] = shown;
  if (!leaf) return ['no peer certificate available'];
  const names = [`subject=${nameText(leaf.subject)}`, `issuer=${nameText(leaf.issuer)}`];
  return ['Server certificate', ...(showsAll ? [] : [pemOf(leaf)]), ...names];
}

function pemOf({ der }: Certificate): string {
  return writePem('CERTIFICATE', der).trimEnd();
}

function askedLines(asked: readonly Certificate[] | undefined): string[] {
  if (!asked) return ['No client certificate CA names sent'];
  const names =
    asked.length > 0
      ? ['Acceptable client certificate CA names', ...asked.map(({ subject }) => nameText(subject))]
      : ['No client certificate CA names sent'];
  return [
    ...names,
    `Requested Signature Algorithms: ${SIGNATURES}`,
    `Shared Requested Signature Algorithms: ${SIGNATURES}`,
  ];
}

/** How the server has proven to have the key; Ed25519 has no digest of its own. */
function signatureLines(key: KeyObject | undefined): string[] {
  if (key?.asymmetricKeyType === 'ed25519') return ['Peer signature type: ED25519'];
  const bits = bitsOf(key);
  const digest = key?.asymmetricKeyType === 'ec' && bits > 256 ? (bits > 384 ? 'SHA512' : 'SHA384') : 'SHA256';
  return [
    `Peer signing digest: ${digest}`,
    `Peer signature type: ${key?.asymmetricKeyType === 'rsa' ? 'RSA-PSS' : 'ECDSA'}`,
  ];
}

function endLines({ protocol, application }: Agreed): string[] {
  return [
    `Secure Renegotiation IS ${protocol === 'TLSv1.2' ? '' : 'NOT '}supported`,
    'Compression: NONE',
    'Expansion: NONE',
    application === undefined ? 'No ALPN negotiated' : `ALPN protocol: ${application}`,
  ];
}

function newSession(code: ProblemCode): string[] {
  return ['Early data was not sent', returnCode(code)];
}

function oldSession(sys: Sys, { protocol, cipher }: Agreed, code: ProblemCode): string[] {
  const random = sys.random().fork('session');
  const hex = (count: number) => Buffer.from(random.bytes(count)).toString('hex').toUpperCase();
  return [...sessionHead(protocol, cipher, hex(32), hex(48)), ...times(sys, code), '    Extended master secret: yes'];
}

function sessionHead(protocol: string, cipher: string, id: string, secret: string): string[] {
  return [
    'SSL-Session:',
    `    Protocol  : ${protocol}`,
    `    Cipher    : ${cipher}`,
    `    Session-ID: ${id}`,
    '    Session-ID-ctx: ',
    `    Master-Key: ${secret}`,
    ...NO_NAMES,
  ];
}

function verification(code: ProblemCode, peerName: string | undefined): string[] {
  if (code !== 0) return [`Verification error: ${PROBLEMS[code]}`];
  return ['Verification: OK', ...(peerName === undefined ? [] : [`Verified peername: ${peerName}`])];
}

function returnCode(code: ProblemCode): string {
  return `Verify return code: ${code} (${PROBLEMS[code]})`;
}

function keyName(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'rsaEncryption';
  return key.asymmetricKeyType === 'ec' ? 'id-ecPublicKey' : (key.asymmetricKeyType ?? '').toUpperCase();
}

function bitsOf(key: KeyObject | undefined): number {
  if (key?.asymmetricKeyType === 'rsa') return key.asymmetricKeyDetails?.modulusLength ?? 0;
  const { crv = '' } = key?.export({ format: 'jwk' }) ?? {};
  if (crv === 'Ed25519') return 253;
  return Number(/\d{3}/.exec(crv)?.[0] ?? 0);
}

/** `RSA-SHA256`, as a signature's short name is. */
function shortAlgorithm(id: string): string {
  return longName(id).replace(/^sha(\d+)WithRSAEncryption$/, 'RSA-SHA$1');
}
