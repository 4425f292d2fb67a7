import { headText } from '../../client/http-text.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { hostHeader, parseAddress, redirected } from '../web/exchange.js';
import { CurlError } from './failure.js';
import { globbed } from './glob.js';
import { CurlOptions, CurlUsage } from './options.js';
import { telnet } from './telnet.js';
import { CURL_VERSION, requestOf, type Transfer, transfer } from './transfer.js';

const REDIRECTS_MAX = 50;
const METER = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;
const VERSION = `curl ${CURL_VERSION} (x86_64-pc-linux-gnu) libcurl/${CURL_VERSION} OpenSSL/3.0.13 zlib/1.3 brotli/1.1.0 zstd/1.5.5 libidn2/2.3.7 libpsl/0.21.2 (+libidn2/2.3.7) libssh/0.10.6/openssl/zlib nghttp2/1.59.0 librtmp/2.3 OpenLDAP/2.6.7
Release-Date: 2023-12-06, security patched: 8.5.0-2ubuntu10.6
Protocols: dict file ftp ftps gopher gophers http https imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp
Features: alt-svc AsynchDNS brotli GSS-API HSTS HTTP2 HTTPS-proxy IDN IPv6 Kerberos Largefile libz NTLM PSL SPNEGO SSL threadsafe TLS-SRP UnixSockets zstd
`;

function* run(sys: Sys): Waiting<number> {
  let options: CurlOptions;
  try {
    options = new CurlOptions(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof CurlUsage)) throw error;
    yield* printError(sys, `${error.message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`);
    return 2;
  }
  if (options.has('version')) {
    yield* print(sys, VERSION);
    return 0;
  }
  if (options.urls.length === 0) {
    yield* printError(sys, "curl: try 'curl --help' or 'curl --manual' for more information\n");
    return 2;
  }
  let status = 0;
  for (const url of options.urls) {
    try {
      const all = options.has('globoff') ? [url] : globbed(url);
      for (const one of all) status = yield* fetchUrl(sys, options, one);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      status = error.status;
      if (!options.has('silent') || options.has('show-error'))
        yield* printError(sys, `curl: (${error.status}) ${error.message}\n`);
    }
  }
  return status;
}

/** One address: what came goes out, what went wrong is told unless -s without -S says otherwise. */
function* fetchUrl(sys: Sys, options: CurlOptions, url: string): Waiting<number> {
  const meter = showsMeter(sys, options);
  if (meter) yield* printError(sys, METER);
  try {
    const web = parseAddress(url);
    if (web?.scheme === 'telnet') {
      yield* telnet(sys, options, web, (text) => explainTo(sys, options, text));
      if (meter) yield* printError(sys, `${meterLine(undefined)}\n`);
      return 0;
    }
    const { last, output } = yield* follow(sys, options, url);
    if (meter) yield* printError(sys, meterLine(last));
    const failed = last.answer.status >= 400 && (options.has('fail') || options.has('fail-with-body'));
    if (!failed || options.has('fail-with-body')) yield* deliver(sys, options, url, output);
    yield* writeOut(sys, options, last);
    if (failed) throw new CurlError(22, `The requested URL returned error: ${last.answer.status}`);
    return 0;
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    if (error.status !== 22) yield* writeOut(sys, options, undefined);
    if (meter && error.status !== 22) yield* printError(sys, `${meterLine(undefined)}\n`);
    else if (meter) yield* printError(sys, '\n');
    if (!options.has('silent') || options.has('show-error')) {
      yield* printError(sys, `curl: (${error.status}) ${error.message}\n`);
    }
    return error.status;
  }
}

function* explainTo(sys: Sys, options: CurlOptions, text: string): Waiting<void> {
  if (options.has('verbose')) yield* printError(sys, text);
}

function showsMeter(sys: Sys, options: CurlOptions): boolean {
  if (options.has('silent') || options.has('no-progress-meter')) return false;
  return options.text('output') !== undefined || options.has('remote-name') || sys.terminal(1) === undefined;
}

function meterLine(last: Transfer | undefined): string {
  const empty = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
  if (!last) return empty;
  const size = `${last.body.length}`;
  const speed = `${Math.round(last.body.length / Math.max(last.spent / 1e6, 0.001))}`;
  return `${empty}\r100 ${size.padStart(5)}  100 ${size.padStart(5)}    0     0 ${speed.padStart(6)}      0 --:--:-- --:--:-- --:--:-- ${speed.padStart(5)}\n`;
}

/** The last answer of several, where it came from, and how many led there. */
interface Followed extends Transfer {
  readonly url: string;
  readonly redirects: number;
}

function* follow(sys: Sys, options: CurlOptions, url: string): Waiting<{ last: Followed; output: Bytes }> {
  const explain = (text: string) => explainTo(sys, options, text);
  const heads: Bytes[] = [];
  let next = url;
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const web = parseAddress(next);
    if (!web) throw new CurlError(3, 'URL using bad/illegal format or missing URL');
    if (!/^https?$/.test(web.scheme)) throw new CurlError(1, `Protocol "${web.scheme}" not supported`);
    const last = yield* transfer(sys, options, web, requestOf(sys, options, web), explain);
    if (options.has('include') || options.has('head')) heads.push(encodeText(headText(last.answer)));
    const { location } = last.answer.headers;
    if (options.has('location') && last.answer.status >= 300 && last.answer.status < 400 && location !== undefined) {
      next = redirected(web, location);
      continue;
    }
    return {
      last: { ...last, url: `${web.scheme}://${hostHeader(web)}${web.target}`, redirects: hop },
      output: concatBytes([...heads, last.body]),
    };
  }
  throw new CurlError(47, `Maximum (${REDIRECTS_MAX}) redirects followed`);
}

function* deliver(sys: Sys, options: CurlOptions, url: string, output: Bytes): Waiting<void> {
  const remote = options.has('remote-name')
    ? (parseAddress(url)?.target.replace(/\?.*$/, '').split('/').at(-1) ?? '')
    : undefined;
  if (remote === '') throw new CurlError(23, 'Remote file name has no length!');
  const path = options.text('output') ?? remote;
  if (path === undefined || path === '-') {
    if (output.length > 0) yield* sys.write(1, output);
    return;
  }
  if (path === '/dev/null') return;
  try {
    sys.writeFile(path, output, 0o666);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CurlError(23, `Failure writing output to destination`);
  }
}

/** The text of -w with its variables. */
function* writeOut(sys: Sys, options: CurlOptions, last: Followed | undefined): Waiting<void> {
  const format = options.text('write-out');
  if (format === undefined) return;
  const code = last ? `${last.answer.status}` : '000';
  const values: Readonly<Record<string, string>> = {
    certs: certificateLines(last?.certificates ?? ''),
    content_type: last?.answer.headers['content-type'] ?? '',
    http_code: code,
    response_code: code,
    remote_ip: last?.address ?? '',
    size_download: `${last?.body.length ?? 0}`,
    time_total: ((last?.spent ?? 0) / 1e6).toFixed(6),
    num_redirects: `${last?.redirects ?? 0}`,
    redirect_url: last?.answer.headers['location'] ?? '',
    scheme: last?.url.split(':')[0] ?? '',
    ssl_verify_result: '0',
    url_effective: last?.url ?? '',
  };
  const text = format
    .replace(/%\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
    .replace(/%%/g, '%')
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
    .replace(/\\r/g, '\r');
  if (text !== '') yield* print(sys, text);
}

/** What `%{certs}` says of each certificate: these of its fields, and itself. */
function certificateLines(pem: string): string {
  return readCertificates(pem)
    .map(({ x509 }) => {
      const name = (text: string): string =>
        text
          .split('\n')
          .join(', ')
          .replace(/(?<=^|, )(\w+)=/g, '$1 = ');
      return `Subject:${name(x509.subject ?? '')}\nIssuer:${name(x509.issuer ?? '')}\nStart date:${x509.validFrom}\nExpire date:${x509.validTo}\nCert:${x509.toString()}`;
    })
    .join('');
}

/** curl 8: asks web servers. */
export const curl: InstalledProgram = { name: 'curl', paths: ['/usr/bin/curl'], run };
