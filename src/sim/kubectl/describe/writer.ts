import { humanDuration } from '../../api/duration.js';
import { compareText } from '../../api/go-text.js';
import { formatLongTime, parseTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import { DESCRIBE_LAYOUT, Tabwriter } from '../output/tabwriter.js';

const ANNOTATION_LENGTH_MAX = 140;
const SKIPPED = ['kubectl.kubernetes.io/last-applied-configuration'];

/** Collects the lines of a description, each at its level of indentation, and lays out their columns. */
export class DescribeWriter {
  private readonly writer = new Tabwriter(DESCRIBE_LAYOUT);
  private readonly laidOut: string[] = [];
  private readonly written: string[] = [];

  /** Writes text as it is, after two spaces a level. */
  write(level: number, text: string): void {
    const whole = '  '.repeat(level) + text;
    this.written.push(whole);
    this.laidOut.push(this.writer.write(whole));
  }

  /** Columns start anew. */
  flush(): void {
    this.laidOut.push(this.writer.flush());
  }

  /** Everything, in columns. */
  text(): string {
    this.flush();
    return this.laidOut.join('');
  }

  /** Everything as it was written, tabs and all. */
  raw(): string {
    return this.written.join('');
  }

  /** `Title:\tvalue`. */
  field(title: string, value: unknown, level = 0): void {
    this.write(level, `${title}:\t${value}\n`);
  }

  /** Labels, a line each. */
  labels(title: string, labels: Readonly<Record<string, string>> | undefined): void {
    const keys = Object.keys(labels ?? {}).sort(compareText);
    this.list(
      title,
      keys.map((key) => `${key}=${labels?.[key]}`),
    );
  }

  /** Values, a line each, under each other. */
  list(title: string, lines: readonly string[]): void {
    if (lines.length === 0) this.write(0, `${title}:\t<none>\n`);
    lines.forEach((line, i) => {
      this.write(0, i === 0 ? `${title}:\t${line}\n` : `\t${line}\n`);
    });
  }

  /** Annotations, long ones cut; what `apply` noted is not shown. */
  annotations(title: string, annotations: Readonly<Record<string, string>> | undefined): void {
    const keys = Object.keys(annotations ?? {})
      .filter((key) => !SKIPPED.includes(key))
      .sort(compareText);
    if (keys.length === 0) return this.write(0, `${title}:\t<none>\n`);
    this.write(0, `${title}:\t`);
    keys.forEach((key, i) => {
      if (i > 0) this.write(0, '\t');
      this.annotation(key, (annotations?.[key] ?? '').replace(/\n$/, ''));
    });
  }

  private annotation(key: string, value: string): void {
    if (value.length + key.length + 2 <= ANNOTATION_LENGTH_MAX && !value.includes('\n')) {
      return this.write(0, `${key}: ${value}\n`);
    }
    this.write(0, `${key}:\n`);
    for (const line of value.split('\n')) this.write(0, `\t  ${shorten(line, ANNOTATION_LENGTH_MAX - 2)}\n`);
  }
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

/** A time as Go's RFC1123Z writes it: `Thu, 01 Jan 2026 00:00:05 +0000`. */
export function longTime(text: string | null | undefined): string {
  const at = parseTime(text ?? '');
  if (at === undefined) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  return formatLongTime(at);
}

/** The time since a stamp, `<unknown>` without one. */
export function since(text: string | null | undefined, now: Micros): string {
  const at = parseTime(text ?? '');
  return at === undefined ? '<unknown>' : humanDuration(now - at);
}

/** `True`, `False`. */
export function boolText(value: boolean | undefined): string {
  return value ? 'True' : 'False';
}
