import { reasonOf, wireName } from '../../client/http-text.js';
import type { ParsedLine } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { hostHeader, type WebAddress } from '../web/exchange.js';
import { hasOption } from './command-line.js';

/** The headers of a request: what the program sends by itself, then those of `--header`. */
export function requestHeaders(
  line: ParsedLine,
  web: WebAddress,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers: Record<string, string> = { host: hostHeader(web), ...own };
  for (const { name, value = '' } of line.options) {
    const [, key, text = ''] = /^([^:]+):\s*(.*)$/.exec(name === 'header' ? value : '') ?? [];
    if (key !== undefined) headers[key.toLowerCase()] = text;
  }
  return headers;
}

/** With -S: status line and headers of an answer, on standard error. */
export function* showAnswer(sys: Sys, line: ParsedLine, { status, reason, headers }: HttpResponse): Waiting<void> {
  if (!hasOption(line, 'server-response')) return;
  const lines = Object.entries(headers).map(([name, value]) => `  ${wireName(name)}: ${value}\n`);
  yield* printError(sys, `  HTTP/1.1 ${status} ${reason ?? reasonOf(status)}\n${lines.join('')}`);
}

/** What tells of the work, on standard error, unless -q keeps it quiet. */
export function sayer(sys: Sys, line: ParsedLine): (text: string) => Waiting<void> {
  const quiet = hasOption(line, 'quiet');
  return function* (text) {
    if (!quiet) yield* printError(sys, text);
  };
}
