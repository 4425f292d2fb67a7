import type { Bytes } from '../kernel/bytes.js';
import { concatBytes, decodeText, encodeText } from '../kernel/bytes.js';
import type { Connection, HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';

const REASONS: Readonly<Record<number, string>> = {
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The words after a status, as servers send them. */
export function reasonOf(status: number): string {
  return REASONS[status] ?? '';
}

/** The request at the start of what was typed; undefined while it is not complete, `'bad'` when it is none. */
export function parseRequest(typed: Bytes): HttpRequest | 'bad' | undefined {
  const text = decodeText(typed);
  const end = /\r?\n\r?\n/.exec(text);
  const [first = '', ...rest] = (end ? text.slice(0, end.index) : text).split(/\r?\n/);
  const line = /^([A-Z]+) (\S+)(?: HTTP\/1\.[01])?$/.exec(first);
  if (!line) return end || first.length > 8 * 1024 || (text.includes('\n') && !line) ? 'bad' : undefined;
  if (!end) return undefined;
  const headers: Record<string, string> = {};
  for (const header of rest) {
    const [, name, value = ''] = /^([^:\s]+):\s*(.*?)\s*$/.exec(header) ?? [];
    if (name !== undefined) headers[name.toLowerCase()] = value;
  }
  const body = encodeText(text.slice(end.index + end[0].length));
  const length = Number(headers['content-length'] ?? 0);
  if (body.length < length) return undefined;
  const [, method = '', target = '/'] = line;
  return { method, target, headers, ...(length > 0 ? { body: body.subarray(0, length) } : {}) };
}

/** Status line and headers as they go over the wire. */
export function headText({
  status,
  reason = reasonOf(status),
  headers,
}: Pick<HttpResponse, 'status' | 'headers' | 'reason'>): string {
  return `HTTP/1.1 ${status} ${reason}\r\n${headerLines(headers)}\r\n`;
}

/** Headers as they go over the wire, each with its line's end. */
export function headerLines(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${wireName(name)}: ${value}\r\n`)
    .join('');
}

/** Servers write the names of headers with capitals: `content-type` is sent as `Content-Type`. */
export function wireName(name: string): string {
  return name === 'etag'
    ? 'ETag'
    : name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

/** Everything an answer carries after its head; a stream is read to its end. */
export function* wholeBody(answer: HttpResponse): Waiting<Bytes> {
  if (answer.object !== undefined) return encodeText(JSON.stringify(answer.object));
  if (!answer.stream) return answer.body ?? new Uint8Array();
  const chunks: Bytes[] = [];
  try {
    for (;;) {
      const item = yield* answer.stream.items.receive();
      if (item === 'end') return concatBytes(chunks);
      chunks.push(item instanceof Uint8Array ? item : encodeText(`${JSON.stringify(item.object)}\n`));
    }
  } finally {
    answer.stream.cancel();
  }
}

/** What a web server sends back to bytes that were typed at it. */
export function* answerTyped(connection: Connection, request: HttpRequest | 'bad'): Waiting<Bytes> {
  if (request === 'bad') return encodeText(headText({ status: 400, headers: { connection: 'close' } }));
  const answer = yield* connection.request({ kind: 'http', ...request });
  if (answer.kind !== 'http-response') return new Uint8Array();
  const body = request.method === 'HEAD' ? new Uint8Array() : yield* wholeBody(answer);
  return concatBytes([encodeText(headText(answer)), body]);
}
