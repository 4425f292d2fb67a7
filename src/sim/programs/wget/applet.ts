import { joinHostPort } from '../../client/go-errors.js';
import { reasonOf, wholeBody } from '../../client/http-text.js';
import type { Bytes } from '../../kernel/bytes.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { getopt, OptionError, type ParsedLine } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { preferredAddress } from '../busybox/preferred-address.js';
import { withDeadline } from '../web/deadline.js';
import {
  ask,
  dial,
  hostHeader,
  lookUp,
  parseAddress,
  redirected,
  secure,
  type WebAddress,
  WebError,
} from '../web/exchange.js';
import { hasOption, optionValue, SHARED_SPECS } from './command-line.js';
import { requestHeaders, sayer, showAnswer } from './exchange.js';

const USAGE = `BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.

Usage: wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S    		Show server response
	-T SEC		Network read timeout is SEC seconds
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy
`;
const SPECS = [
  ...SHARED_SPECS,
  { short: 'c', long: 'continue' },
  { short: 'o', long: 'output-file', argument: 'required' },
  { short: 'Y', long: 'proxy', argument: 'required' },
  { long: 'post-file', argument: 'required' },
] as const;
const REDIRECTS_MAX = 5;
/** busybox waits a quarter of an hour for a server that keeps still. */
const TIMEOUT_SECONDS = 900;

/** An end with `wget: …` on standard error. */
class Failure extends Error {}

/** wget as busybox has it. */
export function* busyboxWget(sys: Sys): Waiting<number> {
  try {
    const line = getopt(sys.args.slice(1), SPECS);
    if (line.operands.length === 0) {
      yield* printError(sys, USAGE);
      return 1;
    }
    for (const url of line.operands) yield* download(sys, line, url);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure) && !(error instanceof OptionError)) throw error;
    yield* printError(sys, `wget: ${error.message}\n${error instanceof OptionError ? USAGE : ''}`);
    return 1;
  }
}

function* download(sys: Sys, line: ParsedLine, url: string): Waiting<void> {
  const say = sayer(sys, line);
  let web = addressOf(url);
  for (let hop = 0; ; hop += 1) {
    const { answer, body } = yield* askOnce(sys, line, web, say);
    yield* showAnswer(sys, line, answer);
    const { location } = answer.headers;
    if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
      if (hop >= REDIRECTS_MAX) throw new Failure('too many redirections');
      web = addressOf(redirected(web, location));
      continue;
    }
    if (answer.status < 200 || answer.status > 299) {
      throw new Failure(`server returned error: HTTP/1.1 ${answer.status} ${answer.reason ?? reasonOf(answer.status)}`);
    }
    if (hasOption(line, 'spider')) yield* say('remote file exists\n');
    else yield* save(sys, line, web, body, say);
    return;
  }
}

function addressOf(url: string): WebAddress {
  const web = parseAddress(url);
  if (!web || !/^https?$/.test(web.scheme)) throw new Failure(`not an http or ftp url: ${url}`);
  return web;
}

function* askOnce(
  sys: Sys,
  line: ParsedLine,
  web: WebAddress,
  say: (text: string) => Waiting<void>,
): Waiting<{ answer: HttpResponse; body: Bytes }> {
  const span = Number(optionValue(line, 'timeout') ?? TIMEOUT_SECONDS) * SECOND;
  const timed = hasOption(line, 'timeout');
  const shown = hostHeader(web);
  try {
    const address = preferredAddress(sys, yield* lookUp(sys, web.host));
    yield* say(`Connecting to ${shown} (${joinHostPort(address, web.port)})\n`);
    const { connection } = yield* dial(sys, web, [address], { timeout: timed ? span : undefined });
    if (web.scheme === 'https' && !hasOption(line, 'no-check-certificate')) {
      yield* printError(sys, 'wget: note: TLS certificate validation not implemented\n');
    }
    yield* secure(connection, web, { insecure: true });
    const result = yield* withDeadline(sys, sys.now() + span, function* () {
      const answer = yield* ask(connection, requestOf(sys, line, web));
      return { answer, body: yield* wholeBody(answer) };
    });
    if (!result) throw new Failure('download timed out');
    return result;
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    throw new Failure(wordsOf(error, web, timed));
  }
}

function wordsOf({ failure }: WebError, { host }: WebAddress, timed: boolean): string {
  switch (failure.kind) {
    case 'resolve':
      return `bad address '${host}'`;
    case 'connect':
      if (failure.code === 'ETIMEDOUT' && timed) return 'download timed out';
      return `can't connect to remote host (${failure.address}): ${failure.message}`;
    case 'not-tls':
    case 'tls':
      return 'TLS error from peer (alert code 40): handshake failure';
    case 'reset':
      return 'error getting response: Connection reset by peer';
    case 'empty':
      return 'error getting response';
  }
}

function requestOf(sys: Sys, line: ParsedLine, web: WebAddress) {
  const headers = requestHeaders(line, web, {
    'user-agent': optionValue(line, 'user-agent') ?? 'Wget',
    connection: 'close',
    ...(web.user === undefined ? {} : { authorization: `Basic ${Buffer.from(web.user).toString('base64')}` }),
  });
  const file = optionValue(line, 'post-file');
  const posted = file === undefined ? optionValue(line, 'post-data') : decodeText(readPosted(sys, file));
  if (posted === undefined) return { method: hasOption(line, 'spider') ? 'HEAD' : 'GET', target: web.target, headers };
  const body = encodeText(posted);
  const sent = { 'content-type': 'application/x-www-form-urlencoded', ...headers, 'content-length': `${body.length}` };
  return { method: 'POST', target: web.target, headers: sent, body };
}

function readPosted(sys: Sys, path: string): Bytes {
  try {
    return sys.readFile(path);
  } catch (error) {
    if (isErrno(error)) throw new Failure(`can't open '${path}': ${error.message}`);
    throw error;
  }
}

function* save(
  sys: Sys,
  line: ParsedLine,
  web: WebAddress,
  body: Bytes,
  say: (text: string) => Waiting<void>,
): Waiting<void> {
  const given = optionValue(line, 'output-document');
  const last = web.target.replace(/\?.*$/, '').split('/').at(-1) || 'index.html';
  const folder = optionValue(line, 'directory-prefix');
  const name = given ?? (folder === undefined ? last : `${folder}/${last}`);
  if (name === '-') {
    yield* say('writing to stdout\n');
    yield* sys.write(1, body);
    yield* say(`${progress('-', body.length)}written to stdout\n`);
    return;
  }
  let descriptor: number;
  try {
    const flags = { write: true, create: true, ...(given === undefined ? { exclusive: true } : { truncate: true }) };
    descriptor = sys.open(name, flags, 0o666);
  } catch (error) {
    if (isErrno(error)) throw new Failure(`can't open '${name}': ${error.message}`);
    throw error;
  }
  yield* say(`saving to '${name}'\n`);
  yield* sys.write(descriptor, body);
  sys.close(descriptor);
  yield* say(`${progress(last, body.length)}'${name}' saved\n`);
}

/** The last state of busybox's progress bar. */
function progress(name: string, bytes: number): string {
  const size = bytes > 99_999 ? `${Math.floor(bytes / 1024)}k` : `${bytes}`;
  return `${name.slice(0, 20).padEnd(20)} 100% |${'*'.repeat(32)}| ${size.padStart(5)}  0:00:00 ETA\n`;
}
