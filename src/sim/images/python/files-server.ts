import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse, Message, Peer } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { httpDate, logDate } from '../web/http-date.js';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  txt: 'text/plain',
  xml: 'text/xml',
};
const EXPLAINED: Readonly<Record<number, string>> = {
  404: 'Nothing matches the given URI',
  501: 'Server does not support this operation',
};

/** `127.0.0.1 - - [21/Nov/2026 21:45:06] …` on standard error, as http.server logs. */
export function* logLine(sys: Sys, peer: Peer, text: string): Waiting<void> {
  const at = logDate(sys.now()).replace(/:(\d\d:\d\d:\d\d) .*/, ' $1');
  yield* sys.write(2, `${peer.address.address} - - [${at}] ${text}\n`);
}

/** What an error page holds. */
export function errorPage(status: number, message: string): string {
  return `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: ${status}</p>
        <p>Message: ${message}.</p>
        <p>Error code explanation: ${status} - ${EXPLAINED[status] ?? message}.</p>
    </body>
</html>
`;
}

/** `python -m http.server`: serves the files of a folder until it is told to end. */
export function* serveFiles(sys: Sys, words: readonly string[], version: string): Waiting<number> {
  let [port, folder, bind] = ['8000', '.', '0.0.0.0'];
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [, name, value] = /^(--directory|-d|--bind|-b)(?:=(.*))?$/.exec(word) ?? [];
    if (name === '--directory' || name === '-d') folder = value ?? left.shift() ?? '.';
    else if (name === '--bind' || name === '-b') bind = value ?? left.shift() ?? bind;
    else if (/^\d+$/.test(word)) port = word;
    else {
      const what = word.startsWith('-')
        ? `unrecognized arguments: ${word}`
        : `argument port: invalid int value: '${word}'`;
      yield* sys.write(
        2,
        `usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\nserver.py: error: ${what}\n`,
      );
      return 2;
    }
  }
  const answer = (message: Message, peer: Peer) => serve(sys, folder, version, message, peer);
  try {
    sys.listen({ port: Number(port), address: bind, application: 'http', handler: answer });
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `OSError: [Errno ${error.code === 'EADDRINUSE' ? 98 : 13}] ${error.message}\n`);
    return 1;
  }
  yield* sys.write(1, `Serving HTTP on ${bind} port ${port} (http://${bind}:${port}/) ...\n`);
  // Without a handler TERM ends it, or, as a container's first process, is not heard.
  for (;;) yield new WaitQueue();
}

function* serve(sys: Sys, folder: string, version: string, message: Message, peer: Peer): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
  const { status, reason, ...answer } = answerTo(sys, folder, message);
  if (status >= 400) yield* logLine(sys, peer, `code ${status}, message ${reason}`);
  yield* logLine(sys, peer, `"${message.method} ${message.target} HTTP/1.1" ${status} -`);
  const headers = { server: `SimpleHTTP/0.6 Python/${version}`, date: httpDate(sys.now()), ...answer.headers };
  const { body } = answer;
  return { kind: 'http-response', status, headers, ...(message.method === 'HEAD' || !body ? {} : { body }) };
}

function answerTo(
  sys: Sys,
  folder: string,
  { method, target }: HttpRequest,
): HttpResponse & { readonly reason: string } {
  const refusal = (status: number, reason: string) => {
    const body = encodeText(errorPage(status, reason));
    const headers = {
      connection: 'close',
      'content-type': 'text/html;charset=utf-8',
      'content-length': String(body.length),
    };
    return { status, reason, headers, body };
  };
  if (method !== 'GET' && method !== 'HEAD') return refusal(501, `Unsupported method ('${method}')`);
  const path = decodeURIComponent(target.split('?')[0] ?? '/');
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const disk = [folder, ...parts].join('/');
  try {
    if (sys.stat(disk).type !== 'directory')
      return path.endsWith('/') ? refusal(404, 'File not found') : file(sys, disk);
    if (!path.endsWith('/'))
      return { status: 301, reason: '', headers: { location: `${target}/`, 'content-length': '0' } };
    const names = sys.readDirectory(disk);
    const index = ['index.html', 'index.htm'].find((name) => names.some((one) => one.name === name));
    return index ? file(sys, `${disk}/${index}`) : listing(sys, disk, path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return refusal(404, 'File not found');
  }
}

function file(sys: Sys, path: string): HttpResponse & { readonly reason: string } {
  const body = sys.readFile(path);
  const type = TYPES[/\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    'last-modified': httpDate(sys.stat(path).modified),
  };
  return { status: 200, reason: '', headers, body };
}

function listing(sys: Sys, folder: string, path: string): HttpResponse & { readonly reason: string } {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const names = sys.readDirectory(folder).map(({ name }) => name);
  const items = names
    .sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1))
    .map((name) => {
      const stat = sys.lstat(`${folder}/${name}`);
      const slash = stat.type === 'directory' ? '/' : '';
      const mark = stat.type === 'symlink' ? '@' : slash;
      return `<li><a href="${encodeURIComponent(name)}${slash}">${escaped(name)}${mark}</a></li>\n`;
    });
  const title = `Directory listing for ${escaped(path)}`;
  const body = encodeText(
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items.join('')}</ul>\n<hr>\n</body>\n</html>\n`,
  );
  return {
    status: 200,
    reason: '',
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-length': String(body.length) },
    body,
  };
}
