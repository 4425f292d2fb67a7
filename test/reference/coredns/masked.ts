/** What differs from one asking to the next, put out of the way: ids, cookies, instants, spans and drawn ports. */
export function masked(text: string, folder: string): string {
  return text
    .replaceAll(folder, 'DIR')
    .replace(/\bid: \d+/g, 'id: N')
    .replace(/^; COOKIE: [0-9a-f]+/gm, '; COOKIE: C')
    .replace(/^;; Query time: \d+ msec/gm, ';; Query time: N msec')
    .replace(/^;; WHEN: .*/gm, ';; WHEN: W')
    .replace(/127\.0\.0\.1:\d{4,5} - \d+ "/g, '127.0.0.1:P - N "')
    .replace(/(read udp|read tcp|dial tcp) 127\.0\.0\.1:\d+->/g, '$1 127.0.0.1:P->')
    .replace(/ \d[\d.]*(?:µs|ms|s)$/gm, ' Ts')
    .replace(/^; <<>> DiG \S+ <<>>/gm, '; <<>> DiG V <<>>')
    .replace(/SHA512 = [0-9a-f]+/g, 'SHA512 = H');
}

/** Records of equal rank come in an order that is drawn. */
export function sortedAnswers(text: string): string {
  const lines = text.split('\n');
  const isRecord = (line: string): boolean => /^[^;\s]\S*\t+\d+\tIN\t/.test(line);
  for (let at = 0; at < lines.length; at += 1) {
    let end = at;
    while (end < lines.length && isRecord(lines[end] as string)) end += 1;
    if (end > at + 1) lines.splice(at, end - at, ...lines.slice(at, end).sort());
    at = Math.max(at, end - 1);
  }
  return lines.join('\n');
}

export interface Recorded {
  readonly id: string;
  /** What it says when it does not start. */
  readonly refused?: string;
  readonly answers?: readonly string[];
  /** Its log while it was asked. */
  readonly log?: readonly string[];
}
