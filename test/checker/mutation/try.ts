import type { Row } from './stand-in.js';
import { loadTables, type MutatedFile, type Tables } from './tables.js';

/** What became of a file's mutants. */
export interface Outcome {
  readonly path: string;
  readonly mutants: number;
  readonly survivors: readonly Survivor[];
}

/** A mutant that no row caught. */
export interface Survivor {
  readonly key: string;
  readonly line: number;
  /** Whether a row ever came by. */
  readonly reached: boolean;
}

/** A mutant that asks so often has made a loop endless. */
const QUESTIONS_MAX = 200_000;
/** A row that takes so long waits for what never comes. */
const ROW_MS_MAX = 500;

/** Tries every mutant of some files of the checker against the rows that come by it. Throws when a row fails without any. */
export async function tryMutants(paths: readonly string[]): Promise<readonly Outcome[]> {
  const state: { on: number; asked: number; reached: Set<number> } = { on: -1, asked: 0, reached: new Set() };
  const tables = await loadTables(paths, (n) => {
    state.asked += 1;
    if (state.asked > QUESTIONS_MAX) throw new Error('endless');
    if (state.on === -1) state.reached.add(n);
    return n === state.on;
  });
  const play = async (row: Row, on: number): Promise<boolean> => {
    Object.assign(state, { on, asked: 0 });
    return await passes(row);
  };
  const rowsBy = await rowsByMutant(tables, state, (row) => play(row, -1));
  const outcomes: Outcome[] = [];
  for (const file of tables.files) outcomes.push(await tryFile(file, rowsBy, play));
  return outcomes;
}

async function tryFile(
  { path, first, mutants }: MutatedFile,
  rowsBy: ReadonlyMap<number, readonly Row[]>,
  play: (row: Row, on: number) => Promise<boolean>,
): Promise<Outcome> {
  const survivors: Survivor[] = [];
  for (const [index, { key, line }] of mutants.entries()) {
    const rows = rowsBy.get(first + index) ?? [];
    if (!(await anyFails(rows, (row) => play(row, first + index))))
      survivors.push({ key, line, reached: rows.length > 0 });
  }
  return { path, mutants: mutants.length, survivors };
}

async function anyFails(rows: readonly Row[], play: (row: Row) => Promise<boolean>): Promise<boolean> {
  for (const row of rows) if (!(await play(row))) return true;
  return false;
}

/** Which rows come by which mutant. */
async function rowsByMutant(
  { rows }: Tables,
  state: { reached: Set<number> },
  play: (row: Row) => Promise<boolean>,
): Promise<ReadonlyMap<number, readonly Row[]>> {
  const reachedBy = new Map<Row, ReadonlySet<number>>();
  for (const row of rows) {
    state.reached = new Set();
    if (!(await play(row))) throw new Error(`a row fails without any mutant: ${row.name}`);
    reachedBy.set(row, state.reached);
  }
  // The rows that come by least know best: a file's own table before the tables of all that use it.
  const rowsBy = new Map<number, Row[]>();
  for (const [row, reached] of [...reachedBy].sort(([, one], [, other]) => one.size - other.size))
    for (const n of reached) add(rowsBy, n, row);
  return rowsBy;
}

function add(rowsBy: Map<number, Row[]>, n: number, row: Row): void {
  const rows = rowsBy.get(n);
  if (rows) rows.push(row);
  else rowsBy.set(n, [row]);
}

async function passes({ run }: Row): Promise<boolean> {
  try {
    const result = run();
    if (!(result instanceof Promise)) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ROW_MS_MAX);
    });
    return await Promise.race([result.then(() => true), late]).finally(() => clearTimeout(timer));
  } catch {
    return false;
  }
}
