/** The difference of two texts in unified form with three lines of context (Python's difflib, as Go's port prints it). */

const CONTEXT = 3;

type Edit = { readonly sign: ' ' | '-' | '+'; readonly line: string };

/** Hunks without file headers; '' for equal texts. */
export function unifiedDiff(before: string, after: string): string {
  const edits = diffLines(before.split('\n'), after.split('\n'));
  const changed = edits.flatMap(({ sign }, index) => (sign === ' ' ? [] : [index]));
  if (changed.length === 0) return '';
  const hunks: [number, number][] = [];
  for (const index of changed) {
    const last = hunks.at(-1);
    if (last && index - CONTEXT <= last[1] + CONTEXT + 1) last[1] = index;
    else hunks.push([index, index]);
  }
  return hunks.map(([first, last]) => printHunk(edits, first, last)).join('');
}

function printHunk(edits: readonly Edit[], first: number, last: number): string {
  const start = Math.max(0, first - CONTEXT);
  const slice = edits.slice(start, last + CONTEXT + 1);
  const passed = edits.slice(0, start);
  const range = (without: '-' | '+') => {
    const from = passed.filter(({ sign }) => sign !== without).length;
    const count = slice.filter(({ sign }) => sign !== without).length;
    return count === 1 ? `${from + 1}` : `${count === 0 ? from : from + 1},${count}`;
  };
  const lines = slice.map(({ sign, line }) => `${sign}${line}\n`).join('');
  return `@@ -${range('+')} +${range('-')} @@\n${lines}`;
}

/** Lines that stand in both texts, one after the other: where they begin and how many they are. */
interface Block {
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** Texts of this many lines and more have lines that are too common to begin a match with. */
const COMMON_LINES_FROM = 200;

function diffLines(before: readonly string[], after: readonly string[]): Edit[] {
  const edits: Edit[] = [];
  let row = 0;
  let column = 0;
  const upTo = (rowEnd: number, columnEnd: number) => {
    for (; row < rowEnd; row += 1) edits.push({ sign: '-', line: before[row] ?? '' });
    for (; column < columnEnd; column += 1) edits.push({ sign: '+', line: after[column] ?? '' });
  };
  for (const block of matchingBlocks(before, after)) {
    upTo(block.before, block.after);
    for (let index = 0; index < block.length; index += 1) {
      edits.push({ sign: ' ', line: before[row] ?? '' });
      row += 1;
      column += 1;
    }
  }
  upTo(before.length, after.length);
  return edits;
}

/** The longest block, then the same left and right of it (Ratcliff and Obershelp), which is not the shortest edit. */
function matchingBlocks(before: readonly string[], after: readonly string[]): Block[] {
  const places = placesOf(after);
  const blocks: Block[] = [];
  const find = (rows: readonly [number, number], columns: readonly [number, number]): void => {
    const block = longestBlock(before, after, places, rows, columns);
    if (block.length === 0) return;
    find([rows[0], block.before], [columns[0], block.after]);
    blocks.push(block);
    find([block.before + block.length, rows[1]], [block.after + block.length, columns[1]]);
  };
  find([0, before.length], [0, after.length]);
  return blocks;
}

/** Where each line stands, without those that stand in a long text too often. */
function placesOf(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const known = places.get(line);
    if (known) known.push(index);
    else places.set(line, [index]);
  });
  if (lines.length < COMMON_LINES_FROM) return places;
  const most = Math.floor(lines.length / 100) + 1;
  for (const [line, indexes] of [...places]) if (indexes.length > most) places.delete(line);
  return places;
}

function longestBlock(
  before: readonly string[],
  after: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
): Block {
  let best: Block = { before: top, after: left, length: 0 };
  let lengths = new Map<number, number>();
  for (let row = top; row < bottom; row += 1) {
    const next = new Map<number, number>();
    for (const column of places.get(before[row] ?? '') ?? []) {
      if (column < left || column >= right) continue;
      const length = (lengths.get(column - 1) ?? 0) + 1;
      next.set(column, length);
      if (length > best.length) best = { before: row - length + 1, after: column - length + 1, length };
    }
    lengths = next;
  }
  return widened(best, before, after, [top, bottom], [left, right]);
}

/** With the lines around it that were too common to be looked for. */
function widened(
  block: Block,
  before: readonly string[],
  after: readonly string[],
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
): Block {
  let { before: row, after: column, length } = block;
  while (row > top && column > left && before[row - 1] === after[column - 1]) {
    row -= 1;
    column -= 1;
    length += 1;
  }
  while (row + length < bottom && column + length < right && before[row + length] === after[column + length]) {
    length += 1;
  }
  return { before: row, after: column, length };
}
