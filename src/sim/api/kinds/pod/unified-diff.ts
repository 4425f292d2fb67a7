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

/** The shortest edit by longest common subsequence, after equal ends are cut off. */
function diffLines(before: readonly string[], after: readonly string[]): Edit[] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  const limit = Math.min(before.length, after.length) - head;
  while (tail < limit && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const same = (line: string): Edit => ({ sign: ' ', line });
  return [
    ...before.slice(0, head).map(same),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...before.slice(before.length - tail).map(same),
  ];
}

function diffMiddle(before: readonly string[], after: readonly string[]): Edit[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (row: number, column: number) => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      (lengths[row] as number[])[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const edits: Edit[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      edits.push({ sign: ' ', line: before[row] ?? '' });
      row += 1;
      column += 1;
    } else if (row < before.length && (column === after.length || at(row + 1, column) >= at(row, column + 1))) {
      edits.push({ sign: '-', line: before[row] ?? '' });
      row += 1;
    } else {
      edits.push({ sign: '+', line: after[column] ?? '' });
      column += 1;
    }
  }
  return edits;
}
