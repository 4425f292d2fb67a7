import type { Bytes } from '../kernel/bytes.js';
import { concatBytes, decodeText, encodeText, NO_BYTES } from '../kernel/bytes.js';
import type { HttpRequest, HttpResponse } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';
import { headerLines } from './http-text.js';
import { type ByteStream, readHeaders, Source } from './http-wire.js';

/** A head that is longer is no answer. */
const HEAD_BYTES_MAX = 1024 * 1024;
const LINE_END = encodeText('\r\n');
const HEAD_END = encodeText('\r\n\r\n');

/**
 * One HTTP/1.1 request as it is written on a wire, and its answer: for servers, and ways to servers, that carry bytes.
 * Undefined when the other side ends before it has answered, or answers something else.
 */
export function* askInBytes(stream: ByteStream, request: HttpRequest): Waiting<HttpResponse | undefined> {
  const { method, target, body = NO_BYTES } = request;
  const length = body.length > 0 ? { 'content-length': String(body.length) } : {};
  const head = `${method} ${target} HTTP/1.1\r\n${headerLines({ ...request.headers, ...length })}\r\n`;
  stream.write(body.length > 0 ? concatBytes([encodeText(head), body]) : encodeText(head));
  const source = new Source(stream);
  const answered = yield* source.until(HEAD_END, HEAD_BYTES_MAX);
  if (answered === undefined) return undefined;
  const [first = '', ...lines] = decodeText(answered).split('\r\n');
  const [, code] = /^HTTP\/1\.[01] (\d{3})/.exec(first) ?? [];
  const headers = readHeaders(lines);
  if (code === undefined || !headers) return undefined;
  const status = Number(code);
  const bare = method === 'HEAD' || status === 204 || status === 304 || status < 200;
  const content = bare ? NO_BYTES : yield* readContent(source, headers);
  return { status, headers, body: content };
}

/** What follows the head: chunks, as many bytes as it says, or all until the end. */
function* readContent(source: Source, headers: Readonly<Record<string, string>>): Waiting<Bytes> {
  if (!/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) {
    const length = headers['content-length'];
    return length === undefined ? yield* source.all() : ((yield* source.take(Number(length))) ?? NO_BYTES);
  }
  const chunks: Bytes[] = [];
  for (;;) {
    const line = yield* source.until(LINE_END, HEAD_BYTES_MAX);
    const size = line === undefined ? 0 : Number.parseInt(decodeText(line), 16);
    const chunk = size > 0 ? yield* source.take(size + LINE_END.length) : undefined;
    if (!chunk) return chunks.length === 0 ? NO_BYTES : concatBytes(chunks);
    chunks.push(chunk.slice(0, size));
  }
}
