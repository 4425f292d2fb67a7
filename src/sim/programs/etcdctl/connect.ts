import { dialError, errorText, joinHostPort, lookupText } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { keyFits, readCertificates } from '../../client/tls/certificates.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { type ClientTls, type Connection, TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, EXIT, type Settings } from './settings.js';

/** Why there is no connection yet, in gRPC's words. */
export class Unreachable extends Error {}

/** gRPC gives a connection attempt twenty seconds at least. */
const ATTEMPT_MAX = 20 * SECOND;

interface Endpoint {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
}

/** Reads the certificate files the flags name. Throws `CommandError` in the words of Go's os and tls packages. */
export function clientTls(sys: Sys, settings: Settings): ClientTls | undefined {
  const [cacert, cert, key] = [settings.text('cacert'), settings.text('cert'), settings.text('key')];
  const refuse = (message: string) => new CommandError(EXIT.badArguments, message);
  const read = (path: string): string => {
    try {
      return decodeText(sys.readFile(path));
    } catch (error) {
      if (isErrno(error)) throw refuse(`open ${path}: ${error.message.toLowerCase()}`);
      throw error;
    }
  };
  if ((cert === '') !== (key === ''))
    throw refuse(`KeyFile and CertFile must both be present[key: ${key}, cert: ${cert}]`);
  const certificate = cert === '' ? undefined : read(cert);
  const privateKey = key === '' ? undefined : read(key);
  if (certificate !== undefined && privateKey !== undefined) {
    if (readCertificates(certificate).length === 0)
      throw refuse('tls: failed to find any PEM data in certificate input');
    const fits = keyFits(certificate, privateKey);
    if (fits === undefined) throw refuse('tls: failed to find any PEM data in key input');
    if (!fits) throw refuse('tls: private key does not match public key');
  }
  const authorities = cacert === '' ? undefined : read(cacert);
  const insecure = settings.truth('insecure-skip-tls-verify');
  const wanted =
    authorities !== undefined || certificate !== undefined || settings.text('insecure-transport') === 'false';
  return wanted ? { authorities, certificate, key: privateKey, insecure } : undefined;
}

/** `127.0.0.1:2379`, `https://host:2379`. */
function readEndpoint(text: string): Endpoint {
  const [, scheme = '', rest = text] = /^(https?|unixs?):\/\/(.*)$/.exec(text) ?? [];
  const [, host = rest, port] = /^\[?(.*?)\]?(?::(\d+))?\/?$/.exec(rest) ?? [];
  return { scheme, host, port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port) };
}

/** The address of an endpoint as logs show it behind the client's name. */
export function targetOf(sys: Sys, endpoints: readonly string[]): string {
  const pointer = Buffer.from(sys.random().bytes(6)).toString('hex').replace(/^0+/, '').slice(0, 11);
  const { host, port } = readEndpoint(endpoints[0] ?? '');
  return `etcd-endpoints://0x${pointer}/${joinHostPort(host, port)}`;
}

/** One attempt to connect to an endpoint. Throws `Unreachable`; waits no longer than `until`. */
export function* dialEndpoint(
  sys: Sys,
  text: string,
  tls: ClientTls | undefined,
  insecure: boolean,
  until: Micros | undefined,
): Waiting<Connection> {
  const endpoint = readEndpoint(text);
  const connection = yield* connectTcp(sys, endpoint, until);
  const secure = endpoint.scheme === 'https' || (endpoint.scheme === '' && tls !== undefined);
  if (!secure) {
    if (connection.serverTls || connection.application !== 'etcd') throw prefaceError('EOF');
    return connection;
  }
  if (!connection.serverTls) throw handshakeError('tls: first record does not look like a TLS handshake');
  try {
    yield* connection.startTls({ ...(tls ?? { insecure }), serverName: endpoint.host });
  } catch (error) {
    if (isErrno(error)) throw prefaceError('EOF');
    if (!(error instanceof TlsError)) throw error;
    // The client's part of a TLS 1.3 handshake is over before the server judges the client's certificate.
    throw error.message.startsWith('remote error') ? prefaceError(error.message) : handshakeError(error.message);
  }
  if (connection.application !== 'etcd') throw prefaceError('EOF');
  return connection;
}

function* connectTcp(sys: Sys, { host, port }: Endpoint, until: Micros | undefined): Waiting<Connection> {
  const found = yield* resolveHost(sys, host, undefined, 'go');
  if ('failure' in found) throw dialingError(`dial tcp: ${lookupText(host, found)}`);
  const address = found.addresses[0] as string;
  const left = until === undefined ? ATTEMPT_MAX : Math.max(1, Math.min(ATTEMPT_MAX, until - sys.now()));
  try {
    return yield* sys.connect({ address, port, name: host }, left);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ETIMEDOUT' && left < ATTEMPT_MAX) throw new Unreachable('');
    throw dialingError(errorText(dialError(error.code, joinHostPort(address, port))));
  }
}

function dialingError(message: string): Unreachable {
  return new Unreachable(`connection error: desc = "transport: Error while dialing: ${message}"`);
}

function handshakeError(message: string): Unreachable {
  const quoted = JSON.stringify(`transport: authentication handshake failed: ${message}`);
  return new Unreachable(`connection error: desc = ${quoted}`);
}

function prefaceError(message: string): Unreachable {
  return new Unreachable(`connection error: desc = "error reading server preface: ${message}"`);
}
