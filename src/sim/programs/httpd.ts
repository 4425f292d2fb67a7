import { formatTime } from '../api/time.js';
import { encodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError, type ParsedOption } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { HttpRequest, HttpResponse, Listener, Message } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import { type Waiting, WaitQueue } from '../kernel/wait.js';

const USAGE = `BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.

Usage: httpd [-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]
or httpd -d/-e/-m STRING

Listen for incoming HTTP requests

	-i		Inetd mode
	-f		Run in foreground
	-v[v]		Verbose
	-p [IP:]PORT	Bind to IP:PORT (default *:80)
	-u USER[:GRP]	Set uid/gid after binding to port
	-r REALM	Authentication Realm for Basic Authentication
	-h HOME		Home directory (default .)
	-c FILE		Configuration file (default {/etc,HOME}/httpd.conf)
	-m STRING	MD5 crypt STRING
	-e STRING	HTML encode STRING
	-d STRING	URL decode STRING
`;
/** Without inetd mode, settings, accounts and passwords: those are refused as by a busybox built without them. */
const OPTIONS = [
  ...Array.from('fv', (short) => ({ short })),
  ...Array.from('phed', (short) => ({ short, argument: 'required' as const })),
];
const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  png: 'image/png',
  svg: 'image/svg+xml',
  css: 'text/css',
  js: 'application/javascript',
  ico: 'image/x-icon',
};
/** What busybox says of each status that is no file: the title and the words below it. */
const REFUSALS: Readonly<Record<number, readonly [string, string]>> = {
  302: ['Found', ''],
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

function* run(sys: Sys): Waiting<number> {
  let options: readonly ParsedOption[];
  try {
    ({ options } = getopt(sys.args.slice(1), OPTIONS));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `httpd: ${error.message}\n${USAGE}`);
    return 1;
  }
  const value = (name: string) => options.findLast((option) => option.name === name)?.value;
  const text = value('d') === undefined ? htmlEncoded(value('e')) : decoded((value('d') ?? '').replaceAll('+', ' '));
  if (text !== undefined) {
    yield* print(sys, text);
    return 0;
  }
  const home = value('h');
  try {
    if (home !== undefined) sys.changeDirectory(home);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `httpd: can't change directory to '${home}': ${error.message}\n`);
    return 1;
  }
  try {
    const root = sys.directory();
    const listener = listen(sys, value('p') ?? '80', root);
    if (options.some(({ name }) => name === 'f')) return yield* serve();
    listener.close();
    sys.fork(
      function* (child) {
        listen(child, value('p') ?? '80', root);
        return yield* serve();
      },
      { session: true },
    );
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `httpd: bind: ${error.message}\n`);
    return 1;
  }
}

function listen(sys: Sys, where: string, root: string): Listener {
  const colon = where.lastIndexOf(':');
  const address = colon < 0 ? '0.0.0.0' : where.slice(0, colon);
  const handler = function* (message: Message): Waiting<Message> {
    if (message.kind !== 'http') return message;
    return { kind: 'http-response', ...answer(sys, root, message) };
  };
  return sys.listen({ address, port: Number(where.slice(colon + 1)), application: 'http', handler });
}

/** Serves until a signal ends it; it handles none, so that as a container's first process it does not hear TERM. */
function* serve(): Waiting<never> {
  for (;;) yield new WaitQueue();
}

function answer(sys: Sys, root: string, request: HttpRequest): HttpResponse {
  const [target = '/'] = request.target.split('?');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(sys, 501, request);
  const path = normalized(decoded(target));
  if (path === undefined) return refusal(sys, 400, request);
  if (path === '/cgi-bin/') return refusal(sys, 403, request);
  let file = `${root === '/' ? '' : root}${path}`;
  try {
    if (sys.stat(file).type === 'directory') {
      if (!path.endsWith('/')) {
        const moved = refusal(sys, 302, request);
        return { ...moved, headers: { ...moved.headers, location: `${path}/` } };
      }
      file += 'index.html';
    }
    const whole = sys.readFile(file);
    const range = rangeOf(request.headers['range'], whole.length);
    const body = range ? whole.subarray(range.first, range.last + 1) : whole;
    const { modified } = sys.stat(file);
    const seconds = Math.floor(modified / 1_000_000);
    const headers = {
      // Of a part busybox does not look up the type.
      ...common(sys, range ? 'text/html' : (TYPES[/\.([^./]+)$/.exec(file)?.[1] ?? ''] ?? 'application/octet-stream')),
      ...(range ? { 'content-range': `bytes ${range.first}-${range.last}/${whole.length}` } : {}),
      'accept-ranges': 'bytes',
      'last-modified': httpDate(modified),
      etag: `"${seconds.toString(16)}-${whole.length.toString(16)}"`,
      'content-length': String(body.length),
    };
    return { status: range ? 206 : 200, headers, ...(request.method === 'HEAD' ? {} : { body }) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    return refusal(sys, 404, request);
  }
}

function refusal(sys: Sys, status: number, { method }: HttpRequest): HttpResponse {
  const [title, words] = REFUSALS[status] ?? ['', ''];
  const headers = common(sys, 'text/html');
  if (status === 302 || method === 'HEAD') return { status, headers };
  const page = `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${words}\n</BODY></HTML>\n`;
  return { status, headers, body: encodeText(page) };
}

/** The bytes that are asked for, both ends included; undefined where busybox sends everything. */
function rangeOf(header: string | undefined, size: number): { first: number; last: number } | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)/.exec(header ?? '') ?? [];
  if (from === undefined) return undefined;
  const [first, last] = [Number(from), to ? Math.min(Number(to), size - 1) : size - 1];
  return first <= last ? { first, last } : undefined;
}

/** What `-e` prints: all but letters and digits as numbers of characters. */
function htmlEncoded(text: string | undefined): string | undefined {
  return text?.replace(/[^A-Za-z0-9]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function common(sys: Sys, type: string): Record<string, string> {
  return { date: httpDate(sys.now()), connection: 'close', 'content-type': type };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The path without `.` and `..`; undefined when it leads above the home directory. */
function normalized(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  const joined = `/${parts.join('/')}`;
  return path.endsWith('/') && joined !== '/' ? `${joined}/` : joined;
}

const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** An instant as HTTP writes it (RFC 1123). */
function httpDate(at: number): string {
  const text = formatTime(at);
  const weekday = WEEKDAYS[Math.floor(at / 86_400_000_000) % 7];
  const month = MONTHS[Number(text.slice(5, 7)) - 1];
  return `${weekday}, ${text.slice(8, 10)} ${month} ${text.slice(0, 4)} ${text.slice(11, 19)} GMT`;
}

/** httpd: busybox's web server, which serves the files of a folder. Hosts do not have it. */
export const httpd: InstalledProgram = { name: 'httpd', paths: [], run };
