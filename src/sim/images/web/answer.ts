import { encodeText } from '../../kernel/bytes.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import { httpDate } from './http-date.js';

/** An answer of a small Go server: text with its date, length and type. A HEAD request gets no body. */
export function textAnswer(
  now: number,
  { method }: HttpRequest,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const body = encodeText(text);
  const all = {
    date: httpDate(now),
    'content-length': String(body.length),
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  };
  return { status, headers: all, ...(method === 'HEAD' ? {} : { body }) };
}
