import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where it is remembered how cases of labs came out: one line each. */
const PLAYED = fileURLToPath(new URL('./played.jsonl', import.meta.url));

/** How one check, or the case as a whole, ended on one of the clusters. */
export interface Ended {
  /** `holds`, `fails`, `undecided`, `missing`; of a whole case `graded` or `broken`. */
  readonly as: string;
  readonly points?: number;
  readonly expected?: string;
  readonly found?: string;
}

export interface Difference {
  /** A check's id; `-` where the case could not be graded. */
  readonly check: string;
  readonly simulated: Ended;
  readonly real: Ended;
}

/** How one case of a lab came out when it was played on both clusters. */
export interface Remembered {
  readonly lab: string;
  readonly case: string;
  /** Of what the lab was then. */
  readonly hash: string;
  /** All that were compared. */
  readonly checks: number;
  readonly points: { readonly simulated: number; readonly real: number; readonly of: number };
  /** Checks that ended otherwise; none where the case grades alike. */
  readonly differs: readonly Difference[];
  /** The day, and the version of Kubernetes. */
  readonly played: string;
  readonly kubernetes: string;
  /** Where no container ran, because KWOK played the nodes; otherwise nodes were real. */
  readonly nodes?: 'played';
}

/** What is remembered, the last word of each case, sorted by lab and case. */
export function readPlayed(path = PLAYED): Remembered[] {
  const all = rememberedLines(path).map((line) => JSON.parse(line) as Remembered);
  const last = new Map(all.map((one) => [nameOf(one), one]));
  return [...last].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
}

/** Each line as it stands there. */
export function rememberedLines(path = PLAYED): string[] {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}

/** Remembers one more, at once: runs beside each other lose nothing. */
export function remember(one: Remembered, path = PLAYED): void {
  appendFileSync(path, `${lineOf(one)}\n`);
}

/** Leaves one line of each case, sorted. */
export function tidyPlayed(path = PLAYED): void {
  writeFileSync(
    `${path}.${process.pid}`,
    readPlayed(path)
      .map((one) => `${lineOf(one)}\n`)
      .join(''),
  );
  renameSync(`${path}.${process.pid}`, path);
}

function nameOf(one: Remembered): string {
  return [one.lab, one.case, one.nodes].filter(Boolean).join(' ');
}

export function lineOf(one: Remembered): string {
  return JSON.stringify(one);
}
