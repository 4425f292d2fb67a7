import { Pane } from '../src/ui/pane/pane.js';
import type { Benchmark } from './benchmark.js';

const ROWS = 10_050;
const TEXT = Array.from({ length: ROWS }, (_, row) => `pod-${row} ${'Running 1/1 '.repeat(7)}\r\n`).join('');
/** A question of the cursor's place: its answer says that all before it was taken in. */
const ASKS_WHERE = '\x1b[6n';

let filled: Pane | undefined;

/** A pane with all rows, and in how many milliseconds it took them in. */
async function paneFilled(): Promise<{ readonly pane: Pane; readonly ms: number }> {
  const began = performance.now();
  const pane = await new Promise<Pane>((resolve) => {
    const taking = new Pane({ columns: 100, rows: 40, colours: true, onReply: () => resolve(taking) });
    taking.feed(new TextEncoder().encode(TEXT + ASKS_WHERE));
  });
  return { pane, ms: performance.now() - began };
}

async function takenInMs(): Promise<number> {
  const { pane, ms } = await paneFilled();
  filled?.dispose();
  filled = pane;
  return ms;
}

async function searchedMs(): Promise<number> {
  filled ??= (await paneFilled()).pane;
  const began = performance.now();
  const { of } = filled.find('run');
  filled.rows();
  if (of < 70_000) throw new Error(`of the matches ${of} were found`);
  return performance.now() - began;
}

/** A search of the whole scrollback with seven matches in a row, and the window with its marks, against taking the rows in. */
export const paneSearch: Benchmark = {
  name: 'search of 10,000 rows, 70,000 matches',
  unit: 'ms',
  against: { name: 'taking them in', measure: takenInMs },
  aimMax: 4,
  end: async () => filled?.dispose(),
  measure: searchedMs,
};
