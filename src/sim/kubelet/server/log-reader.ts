import { parseTime } from '../../api/time.js';
import type { Bytes } from '../../kernel/bytes.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';

/** What `kubectl logs` asks for. */
export interface LogOptions {
  readonly tailLines: number | undefined;
  /** Only lines from this instant on. */
  readonly since: Micros | undefined;
  readonly timestamps: boolean;
  readonly limitBytes: number | undefined;
  readonly stream?: 'stdout' | 'stderr' | undefined;
}

/** One line of a log in the CRI format; `partial`: the line goes on in the next. */
interface LogLine {
  readonly time: string;
  readonly stream: string;
  readonly partial: boolean;
  readonly text: string;
}

function readLine(line: string): LogLine | undefined {
  const match = /^(\S+) (stdout|stderr) ([FP]\S*) ?(.*)$/s.exec(line);
  if (!match) return undefined;
  const [, time = '', stream = '', tag = '', text = ''] = match;
  return { time, stream, partial: tag.startsWith('P'), text };
}

/** Turns the lines of a CRI log into what the API gives: the container's own output, filtered. */
export function renderLog(text: string, options: LogOptions): Bytes {
  const lines = text.split('\n');
  lines.pop();
  const chosen = options.tailLines === undefined ? lines : tailOf(lines, options.tailLines);
  const parts: string[] = [];
  for (const line of chosen) {
    const read = readLine(line);
    if (!read) continue;
    if (options.stream !== undefined && read.stream !== options.stream) continue;
    if (options.since !== undefined && (parseTime(read.time) ?? 0) < options.since) continue;
    parts.push(`${options.timestamps ? `${read.time} ` : ''}${read.text}${read.partial ? '' : '\n'}`);
  }
  const bytes = encodeText(parts.join(''));
  return options.limitBytes === undefined ? bytes : bytes.subarray(0, options.limitBytes);
}

/** The last lines; one cut into parts counts once. */
function tailOf(lines: readonly string[], count: number): readonly string[] {
  if (count <= 0) return [];
  let left = count;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const previous = index > 0 ? readLine(lines[index - 1] as string) : undefined;
    if (previous?.partial) continue;
    left -= 1;
    if (left === 0) return lines.slice(index);
  }
  return lines;
}
