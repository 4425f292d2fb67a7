import { lastLine } from '../words.js';

/** What a web server answered. */
export interface WebAnswer {
  readonly code: number;
  /** By their names in lower case; several of one name joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The certificates it showed, PEM, its own first. */
  readonly certificates: readonly string[];
}

/** An answer, or in a word or two why there is none. */
export type Answered = WebAnswer | { readonly none: string };

/** What stands between an answer and what curl says of it. */
export const MARK = '--of-the-answer--';

/** Reads what `curl -i` and its `-w` wrote. */
export function readCurl({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }): Answered {
  const [, said = stdout, rest = ''] = new RegExp(`^([^]*)\n${MARK}([^]*)$`).exec(stdout) ?? [];
  if (code !== 0) return { none: curlReason(code, stderr) };
  const answer = readAnswer(said);
  const certificates = rest.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return answer ? { ...answer, certificates } : { none: 'no answer that could be read' };
}

function curlReason(code: number, stderr: string): string {
  if (code === 6) return 'its name does not resolve';
  if (code === 7) return 'refused';
  if (code === 28 || code === 124) return 'timed out';
  return lastLine(stderr).replace(/^curl: \(\d+\) /, '') || `curl ended with ${code}`;
}

/** Heads of informational answers and of redirects that were followed come first; the last head is the answer's. */
function readAnswer(text: string): WebAnswer | undefined {
  let rest = text;
  let answer: WebAnswer | undefined;
  while (/^HTTP\/[\d.]+ \d{3}/.test(rest)) {
    const end = /\r?\n\r?\n/.exec(rest);
    const head = end ? rest.slice(0, end.index) : rest;
    rest = end ? rest.slice(end.index + end[0].length) : '';
    const [first = '', ...lines] = head.split(/\r?\n/);
    answer = { code: Number(first.split(' ')[1]), headers: headersIn(lines), body: rest, certificates: [] };
    const another = answer.code < 200 || (answer.code >= 300 && answer.code < 400);
    if (!another) break;
  }
  return answer;
}

function headersIn(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name = '', value = ''] = /^\s*([^:\s]+):\s*(.*?)\s*$/.exec(line) ?? [];
    const key = name.toLowerCase();
    if (key !== '') headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return headers;
}

/**
 * Reads what busybox's `wget -S -O -` wrote: heads go to stderr, and the body of an error is not shown. It follows
 * redirects by itself: where they are not to be followed the first head is the answer.
 */
export function readWget(
  { code, stdout, stderr }: { code: number; stdout: string; stderr: string },
  follow: boolean,
): Answered {
  const head = stderr.split('\n').flatMap((line) => /^\s{2}(\S.*)$/.exec(line)?.[1] ?? []);
  const starts = head.flatMap((line, index) => (/^HTTP\//.test(line) ? [index] : []));
  const at = follow ? starts.at(-1) : starts[0];
  const answer = readAnswer(head.slice(at, follow ? undefined : starts[1]).join('\n'));
  if (answer) return { ...answer, body: follow || starts.length === 1 ? stdout : '' };
  const error = /server returned error: (.*)/.exec(stderr)?.[1];
  const refused = error && readAnswer(error);
  if (refused) return refused;
  if (/bad address|not known|resolve/i.test(stderr)) return { none: 'its name does not resolve' };
  if (/refused/i.test(stderr)) return { none: 'refused' };
  if (code === 0) return { code: 200, headers: {}, body: stdout, certificates: [] };
  return { none: /timed out/i.test(stderr) || code === 124 ? 'timed out' : lastLine(stderr) };
}
