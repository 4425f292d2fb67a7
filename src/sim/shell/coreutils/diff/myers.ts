import { COST } from '../../../kernel/cost.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { PREEMPT } from '../../../kernel/wait.js';

/** A stretch in which two files differ: lines `from` to `to` (excluded) of each, counted from 0. */
export interface Change {
  readonly left: readonly [from: number, to: number];
  readonly right: readonly [from: number, to: number];
}

/** The fewest changes that lead from one list of lines to another (Myers), with runs moved as far down as they go. */
export function* changesBetween(sys: Sys, left: readonly string[], right: readonly string[]): Waiting<Change[]> {
  const removed = new Uint8Array(left.length + 1);
  const added = new Uint8Array(right.length + 1);
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let leftEnd = left.length;
  let rightEnd = right.length;
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  yield* trace(sys, left.slice(start, leftEnd), right.slice(start, rightEnd), start, removed, added);
  shiftDown(left, removed, added);
  shiftDown(right, added, removed);
  return collect(removed, added, left.length, right.length);
}

/** Greedy search by number of changes; marks what is removed and added. */
function* trace(
  sys: Sys,
  a: readonly string[],
  b: readonly string[],
  offset: number,
  removed: Uint8Array,
  added: Uint8Array,
): Waiting<void> {
  const most = a.length + b.length;
  const frontier = new Int32Array(2 * most + 2);
  const history: Int32Array[] = [];
  let found = false;
  for (let d = 0; d <= most && !found; d += 1) {
    history.push(frontier.slice(most - d, most + d + 2));
    if (sys.charge(COST.io + d)) yield PREEMPT;
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (frontier[most + k - 1] as number) < (frontier[most + k + 1] as number));
      let x = down ? (frontier[most + k + 1] as number) : (frontier[most + k - 1] as number) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      frontier[most + k] = x;
      if (x >= a.length && x - k >= b.length) {
        found = true;
        break;
      }
    }
  }
  let x = a.length;
  let y = b.length;
  for (let d = history.length - 1; d > 0; d -= 1) {
    const before = history[d] as Int32Array;
    const at = (k: number) => before[k + d] as number;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const from = down ? k + 1 : k - 1;
    const startX = at(from);
    if (down) added[offset + startX - from] = 1;
    else removed[offset + startX] = 1;
    x = startX;
    y = startX - from;
  }
}

/** A run of changed lines that could as well begin further down is moved there, as GNU diff does. */
function shiftDown(lines: readonly string[], changed: Uint8Array, other: Uint8Array): void {
  let j = 0;
  for (let i = 0; i < lines.length; ) {
    if (!changed[i]) {
      while (other[j]) j += 1;
      j += 1;
      i += 1;
      continue;
    }
    let start = i;
    while (i < lines.length && changed[i]) i += 1;
    // `j` is the other file's line that goes with the one behind this run.
    while (other[j]) j += 1;
    while (i < lines.length && lines[start] === lines[i] && !changed[i]) {
      changed[start] = 0;
      changed[i] = 1;
      start += 1;
      i += 1;
      while (i < lines.length && changed[i]) i += 1;
      j += 1;
      while (other[j]) j += 1;
    }
  }
}

function collect(removed: Uint8Array, added: Uint8Array, leftLength: number, rightLength: number): Change[] {
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < leftLength || j < rightLength) {
    if (!removed[i] && !added[j]) {
      i += 1;
      j += 1;
      continue;
    }
    const from: [number, number] = [i, j];
    while (i < leftLength && removed[i]) i += 1;
    while (j < rightLength && added[j]) j += 1;
    changes.push({ left: [from[0], i], right: [from[1], j] });
  }
  return changes;
}
