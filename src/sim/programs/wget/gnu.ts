import { formatTime } from '../../api/time.js';
import { joinHostPort } from '../../client/go-errors.js';
import { reasonOf, wholeBody } from '../../client/http-text.js';
import { systemRoots } from '../../client/system-roots.js';
import { ipVersion } from '../../client/tls/ip.js';
import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { getopt, OptionError, type ParsedLine } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Connection, HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
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

const SPECS = [...SHARED_SPECS, { long: 'no-verbose' }, { long: 'connect-timeout', argument: 'required' }] as const;
const EXIT = { file: 3, network: 4, tls: 5, server: 8 } as const;
const REDIRECTS_MAX = 20;
const SHOWN_ADDRESSES = 3;

/** An end whose words were printed. */
class Ended extends Error {
  readonly status: number;

  constructor(status: number) {
    super();
    this.status = status;
  }
}

interface Job {
  readonly sys: Sys;
  readonly line: ParsedLine;
  say(text: string): Waiting<void>;
}

/** GNU wget 1.21. */
export function* gnuWget(sys: Sys): Waiting<number> {
  try {
    const line = getopt(sys.args.slice(1), SPECS);
    if (line.operands.length === 0) {
      yield* printError(
        sys,
        "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
      );
      return 1;
    }
    const job: Job = { sys, line, say: sayer(sys, line) };
    for (const url of line.operands) yield* download(job, url);
    return 0;
  } catch (error) {
    if (error instanceof Ended) return error.status;
    if (!(error instanceof OptionError)) throw error;
    yield* printError(
      sys,
      `wget: ${error.message}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`,
    );
    return 2;
  }
}

function stamp({ sys }: Job): string {
  return formatTime(sys.now()).replace('T', ' ').replace('Z', '');
}

function* download(job: Job, url: string): Waiting<void> {
  let web = parseAddress(url);
  for (let hop = 0; web && hop <= REDIRECTS_MAX; hop += 1) {
    yield* job.say(`--${stamp(job)}--  ${web.scheme}://${hostHeader(web)}${web.target}\n`);
    const { answer, body } = yield* fetchOnce(job, web);
    const { status, reason = reasonOf(status) } = answer;
    yield* job.say(`HTTP request sent, awaiting response... ${status} ${reason}\n`);
    yield* showAnswer(job.sys, job.line, answer);
    const { location } = answer.headers;
    if (status >= 300 && status < 400 && location !== undefined) {
      yield* job.say(`Location: ${location} [following]\n`);
      web = parseAddress(redirected(web, location));
      continue;
    }
    if (status >= 400) {
      yield* job.say(`${stamp(job)} ERROR ${status}: ${reason}.\n\n`);
      throw new Ended(EXIT.server);
    }
    yield* save(job, web, answer, body);
    return;
  }
  yield* printError(job.sys, web ? `${REDIRECTS_MAX} redirections exceeded.\n` : `${url}: Unsupported scheme.\n`);
  throw new Ended(web ? EXIT.server : 1);
}

function* fetchOnce(job: Job, web: WebAddress): Waiting<{ answer: HttpResponse; body: Bytes }> {
  const { sys } = job;
  try {
    const connection = yield* reach(job, web);
    const insecure = hasOption(job.line, 'no-check-certificate');
    yield* secure(connection, web, { insecure, authorities: systemRoots(sys) });
    const limit = optionValue(job.line, 'timeout');
    const result = yield* withDeadline(
      sys,
      limit === undefined ? undefined : sys.now() + Number(limit) * SECOND,
      function* () {
        const answer = yield* ask(connection, requestOf(job, web));
        return { answer, body: yield* wholeBody(answer) };
      },
    );
    if (result) return result;
    yield* job.say(
      'HTTP request sent, awaiting response... Read error (Connection timed out) in headers.\nGiving up.\n\n',
    );
    throw new Ended(EXIT.network);
  } catch (error) {
    if (!(error instanceof WebError)) throw error;
    throw yield* failed(job, web, error);
  }
}

/** Looks the server up and connects to the first of its addresses that takes the connection. */
function* reach(job: Job, web: WebAddress): Waiting<Connection> {
  const { sys } = job;
  const literal = ipVersion(web.host) !== 0;
  if (!literal) yield* job.say(`Resolving ${web.host} (${web.host})... `);
  const addresses = yield* lookUp(sys, web.host);
  const more = addresses.length > SHOWN_ADDRESSES ? ', ...' : '';
  if (!literal) yield* job.say(`${addresses.slice(0, SHOWN_ADDRESSES).join(', ')}${more}\n`);
  const seconds = optionValue(job.line, 'connect-timeout') ?? optionValue(job.line, 'timeout');
  const { connection } = yield* dial(sys, web, addresses, {
    timeout: seconds === undefined ? undefined : Number(seconds) * SECOND,
    *trying(address, before) {
      if (before) yield* job.say(`failed: ${before.message}.\n`);
      const shown = literal ? joinHostPort(address, web.port) : `${web.host} (${web.host})|${address}|:${web.port}`;
      yield* job.say(`Connecting to ${shown}... `);
    },
  });
  yield* job.say('connected.\n');
  return connection;
}

function* failed(job: Job, { host }: WebAddress, { failure }: WebError): Waiting<Ended> {
  switch (failure.kind) {
    case 'resolve': {
      const why = failure.timedOut ? 'Temporary failure in name resolution' : 'Name or service not known';
      yield* job.say(`failed: ${why}.\nwget: unable to resolve host address ‘${host}’\n`);
      return new Ended(EXIT.network);
    }
    case 'connect':
      yield* job.say(`failed: ${failure.message}.\n`);
      return new Ended(EXIT.network);
    case 'tls':
      yield* job.say(
        `ERROR: cannot verify ${host}'s certificate:\n  Unable to locally verify the issuer's authority.\nTo connect to ${host} insecurely, use \`--no-check-certificate'.\n`,
      );
      return new Ended(EXIT.tls);
    case 'not-tls':
      yield* job.say(
        'OpenSSL: error:0A00010B:SSL routines::wrong version number\nUnable to establish SSL connection.\n',
      );
      return new Ended(EXIT.network);
    default:
      yield* job.say('HTTP request sent, awaiting response... No data received.\nGiving up.\n\n');
      return new Ended(EXIT.network);
  }
}

function requestOf(job: Job, web: WebAddress): HttpRequest {
  const headers = requestHeaders(job.line, web, {
    'user-agent': optionValue(job.line, 'user-agent') ?? 'Wget/1.21.4',
    accept: '*/*',
    connection: 'Keep-Alive',
  });
  const posted = optionValue(job.line, 'post-data');
  const head = hasOption(job.line, 'spider');
  if (posted === undefined) return { method: head ? 'HEAD' : 'GET', target: web.target, headers };
  return { method: 'POST', target: web.target, headers, body: encodeText(posted) };
}

function* save(job: Job, web: WebAddress, { headers }: HttpResponse, body: Bytes): Waiting<void> {
  const { sys } = job;
  const length = headers['content-length'];
  const type = headers['content-type']?.replace(/;.*/, '');
  yield* job.say(`Length: ${length ?? 'unspecified'}${type === undefined ? '' : ` [${type}]`}\n`);
  if (hasOption(job.line, 'spider')) {
    yield* job.say('Remote file exists.\n\n');
    return;
  }
  const last = web.target.replace(/^.*\//, '') || 'index.html';
  const folder = optionValue(job.line, 'directory-prefix');
  const name =
    optionValue(job.line, 'output-document') ?? freeName(sys, folder === undefined ? last : `${folder}/${last}`);
  yield* job.say(`Saving to: ‘${name === '-' ? 'STDOUT' : name}’\n\n`);
  try {
    if (name === '-') yield* sys.write(1, body);
    else sys.writeFile(name, body, 0o666);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `${name}: ${error.message}\n\nCannot write to ‘${name}’ (${error.message}).\n`);
    throw new Ended(EXIT.file);
  }
  const total = length === undefined ? `${body.length}` : `${body.length}/${length}`;
  const saved = name === '-' ? `written to stdout [${total}]` : `‘${name}’ saved [${total}]`;
  yield* job.say(`     0K ${dots(body.length).padEnd(54)} 100% 98.6M=0s\n\n${stamp(job)} (98.6 MB/s) - ${saved}\n\n`);
}

/** The last row of wget's dots: one for each KiB, ten in a group. */
function dots(bytes: number): string {
  const inRow = Math.floor(bytes / 1024) % 50;
  return '.'.repeat(inRow).replace(/(.{10})(?=.)/g, '$1 ');
}

/** A file that is there is not overwritten: `x.1`, `x.2` … */
function freeName(sys: Sys, name: string): string {
  for (let count = 0; ; count += 1) {
    const candidate = count === 0 ? name : `${name}.${count}`;
    try {
      sys.lstat(candidate);
    } catch (error) {
      if (isErrno(error)) return candidate;
      throw error;
    }
  }
}
