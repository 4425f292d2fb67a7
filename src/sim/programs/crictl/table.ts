import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';

const COLUMN_MIN = 20;
const PADDING = 3;
const ID_LENGTH = 13;

/** Rows in columns as crictl's tabwriter sets them: at least 20 wide, three spaces between, the last one as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(COLUMN_MIN, ...rows.map((row) => (row[column] ?? '').length + PADDING)),
  );
  return rows
    .map(
      (row) => `${row.map((cell, at) => (at === columns - 1 ? cell : cell.padEnd(widths[at] as number))).join('')}\n`,
    )
    .join('');
}

/** The first characters of an id, without `sha256:`. */
export function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, ID_LENGTH);
}

/** How long ago something was (docker/go-units HumanDuration). */
export function ago(span: Micros): string {
  return `${humanDuration(span)} ago`;
}

function humanDuration(span: Micros): string {
  const seconds = Math.floor(span / SECOND);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60 + 0.5);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  const days = Math.floor(hours / 24);
  if (hours < 24 * 7 * 2) return `${days} days`;
  if (hours < 24 * 30 * 2) return `${Math.floor(days / 7)} weeks`;
  if (hours < 24 * 365 * 2) return `${Math.floor(days / 30)} months`;
  return `${Math.floor(days / 365)} years`;
}

/** A size in decimal units with three digits (docker/go-units). */
export function humanSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${Number(size.toPrecision(3))}${units[unit]}`;
}
