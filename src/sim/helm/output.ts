import { goJson } from '../api/go-text.js';
import { sortedEntries } from '../api/go-value.js';
import { isJsonObject } from '../api/object.js';
import { printYaml } from '../api/yaml/print.js';
import type { Waiting } from '../kernel/wait.js';
import type { HelmRun } from './run.js';

const ESCAPE = '\u001b';
const COLOURS = { bold: 1, cyan: 36, green: 32, red: 31, yellow: 33 } as const;
const SEQUENCES = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');

/**
 * Rows under each other as gosuri's tables are: cells padded, a tab between them. Cells longer than `widthMax` are cut
 * and end in dots; 0 cuts nothing.
 */
export function alignRows(rows: readonly (readonly string[])[], widthMax = 0): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, at) => {
      const width = Math.max(...cell.split('\n').map(widthOf));
      widths[at] = Math.max(widths[at] ?? 0, widthMax > 0 ? Math.min(width, widthMax) : width);
    });
  return rows.map((row) => row.map((cell, at) => resized(cell, widths[at] as number)).join('\t')).join('\n');
}

function widthOf(text: string): number {
  return [...text.replace(SEQUENCES, '')].length;
}

function resized(text: string, width: number): string {
  if (width === 0) return text;
  const own = widthOf(text);
  if (own <= width) return text + ' '.repeat(width - own);
  return `${[...text].slice(0, Math.max(width - 3, 1)).join('')}...`;
}

/** Text in a colour, or as it is. */
export function coloured(text: string, colour: keyof typeof COLOURS, on: boolean): string {
  if (!on) return text;
  const code = COLOURS[colour];
  return `${ESCAPE}[${code}m${text}${ESCAPE}[${colour === 'bold' ? 22 : 0}m`;
}

/** A release's status in its colour. */
export function colouredStatus(status: string, on: boolean): string {
  if (status === 'deployed') return coloured(status, 'green', on);
  if (status === 'failed' || status === 'unknown') return coloured(status, 'red', on);
  if (status.startsWith('pending-') || status === 'uninstalling') return coloured(status, 'yellow', on);
  return status;
}

/** A value as Go encodes a structure: fields in the order they have, on one line. */
export function structJson(value: unknown): string {
  return goJson(plain(value));
}

/** Whole numbers of `--set` become ordinary ones. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** The same with keys in the order of Go's maps, all the way down. */
export function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(sortedEntries(value).map(([key, item]) => [key, sortedKeys(item)]));
}

/** Writes what `-o` asks for: `table` as text, the others of the value. */
export function* writeAs(run: HelmRun, value: unknown, table: () => string): Waiting<void> {
  const format = run.flags.text('output') || 'table';
  if (format === 'json') yield* run.out(`${structJson(value)}\n`);
  else if (format === 'yaml') yield* run.out(printYaml(value));
  else yield* run.out(table());
}
