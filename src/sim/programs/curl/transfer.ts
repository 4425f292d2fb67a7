import type { Connected } from '../../client/connect-any.js';
import { headText, wholeBody } from '../../client/http-text.js';
import { PUBLIC_BUNDLE } from '../../client/pki/public-authority.js';
import { systemRoots } from '../../client/system-roots.js';
import { ipVersion } from '../../client/tls/ip.js';
import { type Bytes, concatBytes, decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import {
  type ClientTls,
  type Connection,
  type HttpRequest,
  type HttpResponse,
  TlsError,
} from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { withDeadline } from '../web/deadline.js';
import { ask, dial, hostHeader, lookUp, secure, type WebAddress, WebError } from '../web/exchange.js';
import { CurlError, certificateProblem, curlError } from './failure.js';
import type { CurlOptions } from './options.js';
import { type Handshake, helloLines, refusedLines, secureLines } from './tls-lines.js';

export const CURL_VERSION = '8.5.0';
/** --happy-eyeballs-timeout-ms as it is by itself. */
const OTHER_FAMILY_AFTER = 200 * MILLISECOND;

/** One answer with everything it carried. */
export interface Transfer {
  readonly answer: HttpResponse;
  readonly body: Bytes;
  readonly address: string;
  readonly spent: Micros;
  /** The server's certificate and those it sent along, as PEM. */
  readonly certificates: string;
}

/** Asks one server once. `explain` writes the lines of -v. Throws `CurlError`. */
export function* transfer(
  sys: Sys,
  options: CurlOptions,
  web: WebAddress,
  request: HttpRequest,
  explain: (text: string) => Waiting<void>,
): Waiting<Transfer> {
  const began = sys.now();
  const total = options.span('max-time');
  const until = total === undefined ? undefined : began + total;
  let certificate: string | undefined;
  try {
    const to = connectTo(options, web);
    const { connection, address } = yield* reach(sys, options, to, began, explain);
    yield* explain(`* Connected to ${to.host} (${address}) port ${to.port}\n`);
    const tls = tlsOf(sys, options);
    const shown = web.scheme === 'https' ? yield* greet(connection, options, web, explain) : undefined;
    certificate = shown?.certificate;
    yield* secure(connection, web, tls);
    if (shown)
      yield* explain(secureLines(shown, shown.insecure ? certificateProblem(shown, tls, sys.now()) : undefined));
    yield* explain(sentHead(request));
    const done = yield* withDeadline(sys, until, function* () {
      const answer = yield* ask(connection, request);
      const body = yield* wholeBody(answer);
      return { answer, body: request.method === 'HEAD' ? new Uint8Array() : body };
    });
    const spent = sys.now() - began;
    if (!done)
      throw new CurlError(
        28,
        `Operation timed out after ${Math.floor(spent / 1000) + 1} milliseconds with 0 bytes received`,
      );
    yield* explain(
      headText(done.answer)
        .replace(/^(?=.)/gm, '< ')
        .replace(/^\r\n$/m, '< \r\n'),
    );
    yield* explain(`* Connection #0 to host ${web.host} left intact\n`);
    return { ...done, address, spent, certificates: web.scheme === 'https' ? (certificate ?? '') : '' };
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    const problem =
      error.failure.kind === 'tls' && certificate !== undefined
        ? certificateProblem({ certificate }, tlsOf(sys, options), sys.now())
        : undefined;
    const failed = curlError(error.failure, web, sys.now() - began, limitOf(options), problem);
    if (error.failure.kind === 'tls') yield* explain(refusedLines(failed.message));
    throw failed;
  }
}

/** Looks the server up and connects to it, both within the time that is given for it. */
export function* reach(
  sys: Sys,
  options: CurlOptions,
  to: WebAddress,
  began: Micros,
  explain: (text: string) => Waiting<void>,
): Waiting<Connected> {
  const limit = limitOf(options);
  const until = limit === undefined ? undefined : began + limit;
  const families = options.has('ipv6') ? [6 as const] : options.has('ipv4') ? [4 as const] : undefined;
  const given = resolved(options, to);
  const addresses = given ? [given] : yield* withDeadline(sys, until, () => lookUp(sys, to.host, families));
  if (!addresses) {
    const spent = Math.floor((sys.now() - began) / MILLISECOND);
    throw new CurlError(28, `Resolving timed out after ${spent} milliseconds`);
  }
  return yield* dial(sys, to, addresses, {
    timeout: until === undefined ? undefined : Math.max(1, until - sys.now()),
    otherFamilyAfter: OTHER_FAMILY_AFTER,
    trying: (address) => explain(`*   Trying ${bracketed(address)}:${to.port}...\n`),
  });
}

/** How long a connection may take to come about. */
export function limitOf(options: CurlOptions): Micros | undefined {
  return smaller(options.span('connect-timeout'), options.span('max-time'));
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** Shows who is at the other end; a server that has nothing to show for the name fails at the handshake. */
function* greet(
  connection: Connection,
  options: CurlOptions,
  { host }: WebAddress,
  explain: (text: string) => Waiting<void>,
): Waiting<Handshake | undefined> {
  if (!connection.serverTls) return undefined;
  const insecure = options.has('insecure');
  let certificate = '';
  try {
    certificate = connection.serverTls.certificate(ipVersion(host) === 0 ? host : undefined);
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
  }
  const shown = { host, certificate, insecure, authorityFile: options.text('cacert') };
  yield* explain(helloLines(shown));
  return shown;
}

function smaller(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}

/** `--resolve host:port:address` */
function resolved(options: CurlOptions, { host, port }: WebAddress): string | undefined {
  for (const entry of options.all('resolve')) {
    const [, name, number, address] = /^\+?([^:]+):(\d+):(.+)$/.exec(entry) ?? [];
    if ((name === host || name === '*') && Number(number) === port) return address?.split(',')[0];
  }
  return undefined;
}

/** `--connect-to host:port:other:port`: where the connection really goes; what is left empty means any, or the same. */
function connectTo(options: CurlOptions, web: WebAddress): WebAddress {
  for (const entry of options.all('connect-to')) {
    const [, host = '', port = '', otherHost = '', otherPort = ''] =
      /^(\[[^\]]*\]|[^:]*):(\d*):(\[[^\]]*\]|[^:]*):(\d*)$/.exec(entry) ?? [];
    if ((host !== '' && host !== web.host) || (port !== '' && Number(port) !== web.port)) continue;
    return { ...web, host: otherHost || web.host, port: otherPort === '' ? web.port : Number(otherPort) };
  }
  return web;
}

function tlsOf(sys: Sys, options: CurlOptions): ClientTls {
  const [cacert, cert, key] = [options.text('cacert'), options.text('cert'), options.text('key')];
  const read = (path: string, refusal: CurlError): string => {
    try {
      return decodeText(sys.readFile(path));
    } catch (error) {
      if (isErrno(error)) throw refusal;
      throw error;
    }
  };
  const bundle = cacert ?? PUBLIC_BUNDLE;
  const missing = new CurlError(77, `error setting certificate verify locations:  CAfile: ${bundle} CApath: none`);
  const authorities = cacert === undefined ? systemRoots(sys) : read(bundle, missing);
  const badCert = new CurlError(
    58,
    `could not load PEM client certificate from ${cert}, OpenSSL error error:80000002:system library::No such file or directory, (no key found, wrong pass phrase, or wrong file format?)`,
  );
  const badKey = new CurlError(58, `unable to set private key file: '${key}' type PEM`);
  return {
    authorities,
    insecure: options.has('insecure'),
    newest: options.text('tls-max') === '1.2' ? 'TLSv1.2' : undefined,
    ...(cert === undefined ? {} : { certificate: read(cert, badCert), key: read(key ?? cert, badKey) }),
  };
}

function sentHead({ method, target, headers }: HttpRequest): string {
  const names: Readonly<Record<string, string>> = {
    host: 'Host',
    'user-agent': 'User-Agent',
    accept: 'Accept',
    authorization: 'Authorization',
    'content-length': 'Content-Length',
    'content-type': 'Content-Type',
  };
  const lines = Object.entries(headers).map(([name, value]) => `> ${names[name] ?? name}: ${value}\r\n`);
  return `> ${method} ${target} HTTP/1.1\r\n${lines.join('')}> \r\n`;
}

/** The request the options describe. Throws `CurlError` when data cannot be read. */
export function requestOf(sys: Sys, options: CurlOptions, web: WebAddress): HttpRequest {
  const headers: Record<string, string> = {
    host: hostHeader(web),
    'user-agent': options.text('user-agent') ?? `curl/${CURL_VERSION}`,
    accept: '*/*',
  };
  const user = options.text('user') ?? web.user;
  if (user !== undefined) headers['authorization'] = `Basic ${Buffer.from(user).toString('base64')}`;
  const bearer = options.text('oauth2-bearer');
  if (bearer !== undefined) headers['authorization'] = `Bearer ${bearer}`;
  const cookie = options.text('cookie');
  if (cookie !== undefined) headers['cookie'] = cookie;
  const data = dataOf(sys, options);
  const json = options.text('json') !== undefined;
  const asGet = options.has('get');
  if (data && !asGet) {
    headers['content-length'] = `${data.length}`;
    headers['content-type'] = json ? 'application/json' : 'application/x-www-form-urlencoded';
    if (json) headers['accept'] = 'application/json';
  }
  for (const header of options.all('header')) {
    const [, name = '', value = ''] = /^([^:;]+)[:;]\s*(.*?)\s*$/.exec(header) ?? [];
    if (value === '' && header.endsWith(':')) delete headers[name.toLowerCase()];
    else if (name !== '') headers[name.toLowerCase()] = value;
  }
  const query = data && asGet ? `${web.target.includes('?') ? '&' : '?'}${decodeText(data)}` : '';
  const method = options.text('request') ?? (options.has('head') ? 'HEAD' : data && !asGet ? 'POST' : 'GET');
  return { method, target: web.target + query, headers, ...(data && !asGet ? { body: data } : {}) };
}

function dataOf(sys: Sys, options: CurlOptions): Bytes | undefined {
  const parts: Bytes[] = [];
  for (const name of ['data', 'data-ascii', 'data-binary', 'data-raw', 'data-urlencode', 'json']) {
    for (const value of options.all(name)) parts.push(dataPart(sys, name, value));
  }
  if (parts.length === 0) return undefined;
  return concatBytes(parts.flatMap((part, at) => (at === 0 ? [part] : [encodeText('&'), part])));
}

function dataPart(sys: Sys, name: string, value: string): Bytes {
  if (name === 'data-urlencode') {
    const [, key = '', text = ''] = /^([^=]*=)?(.*)$/s.exec(value) ?? [];
    return encodeText(key.replace(/^=$/, '') + encodeURIComponent(text));
  }
  if (name === 'data-raw' || !value.startsWith('@')) return encodeText(value);
  try {
    const text = sys.readFile(value.slice(1));
    return name === 'data-binary' || name === 'json' ? text : encodeText(decodeText(text).replace(/[\r\n]/g, ''));
  } catch (error) {
    if (isErrno(error)) throw new CurlError(26, `Failed to open ${value.slice(1)}`);
    throw error;
  }
}
