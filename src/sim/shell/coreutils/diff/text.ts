import type { Change } from './myers.js';

/** A file's lines as they are shown. */
export interface Side {
  readonly lines: readonly string[];
  /** The last line has its newline. */
  readonly terminated: boolean;
  readonly label: string;
}

const NO_NEWLINE = '\\ No newline at end of file\n';

/** A line with its mark; the last one tells when it has no newline. */
function shown(side: Side, index: number, mark: string): string {
  const last = index === side.lines.length - 1 && !side.terminated;
  return `${mark}${side.lines[index]}\n${last ? NO_NEWLINE : ''}`;
}

function block(side: Side, [from, to]: readonly [number, number], mark: string): string {
  let text = '';
  for (let index = from; index < to; index += 1) text += shown(side, index, mark);
  return text;
}

/** The traditional format: `2c2`, `<`, `---`, `>`. */
export function normalText(left: Side, right: Side, changes: readonly Change[]): string {
  const range = ([from, to]: readonly [number, number]) =>
    to <= from ? String(from) : to - from === 1 ? String(to) : `${from + 1},${to}`;
  return changes
    .map((change) => {
      const removes = change.left[1] > change.left[0];
      const adds = change.right[1] > change.right[0];
      const head = `${range(change.left)}${removes && adds ? 'c' : removes ? 'd' : 'a'}${range(change.right)}\n`;
      return (
        head + block(left, change.left, '< ') + (removes && adds ? '---\n' : '') + block(right, change.right, '> ')
      );
    })
    .join('');
}

/** Changes that stand so near that their surroundings touch. */
function hunks(changes: readonly Change[], context: number): Change[][] {
  const result: Change[][] = [];
  for (const change of changes) {
    const last = result.at(-1)?.at(-1);
    if (last && change.left[0] - last.left[1] <= 2 * context) result.at(-1)?.push(change);
    else result.push([change]);
  }
  return result;
}

function surroundings(hunk: readonly Change[], left: Side, right: Side, context: number) {
  const first = hunk[0] as Change;
  const last = hunk.at(-1) as Change;
  const before = Math.min(context, first.left[0]);
  const after = Math.min(context, left.lines.length - last.left[1]);
  return {
    left: [first.left[0] - before, last.left[1] + after] as const,
    right: [first.right[0] - before, Math.min(right.lines.length, last.right[1] + after)] as const,
  };
}

/** The unified format. */
export function unifiedText(left: Side, right: Side, changes: readonly Change[], context: number): string {
  const range = ([from, to]: readonly [number, number]) =>
    to - from === 1 ? String(to) : `${to === from ? from : from + 1},${to - from}`;
  let text = `--- ${left.label}\n+++ ${right.label}\n`;
  for (const hunk of hunks(changes, context)) {
    const bounds = surroundings(hunk, left, right, context);
    text += `@@ -${range(bounds.left)} +${range(bounds.right)} @@\n`;
    let at = bounds.left[0];
    for (const change of hunk) {
      text += block(left, [at, change.left[0]], ' ') + block(left, change.left, '-') + block(right, change.right, '+');
      at = change.left[1];
    }
    text += block(left, [at, bounds.left[1]], ' ');
  }
  return text;
}

/** The context format. */
export function contextText(left: Side, right: Side, changes: readonly Change[], context: number): string {
  const range = ([from, to]: readonly [number, number]) => (to - from <= 1 ? String(to) : `${from + 1},${to}`);
  let text = `*** ${left.label}\n--- ${right.label}\n`;
  for (const hunk of hunks(changes, context)) {
    const bounds = surroundings(hunk, left, right, context);
    text += `***************\n*** ${range(bounds.left)} ****\n${half(left, hunk, bounds.left, 'left')}--- ${range(bounds.right)} ----\n${half(right, hunk, bounds.right, 'right')}`;
  }
  return text;
}

function half(
  side: Side,
  hunk: readonly Change[],
  [from, to]: readonly [number, number],
  which: 'left' | 'right',
): string {
  if (hunk.every((change) => change[which][0] === change[which][1])) return '';
  let text = '';
  let at = from;
  for (const change of hunk) {
    const both = change.left[1] > change.left[0] && change.right[1] > change.right[0];
    text +=
      block(side, [at, change[which][0]], '  ') +
      block(side, change[which], both ? '! ' : which === 'left' ? '- ' : '+ ');
    at = change[which][1];
  }
  return text + block(side, [at, to], '  ');
}

/** Two columns, `width` wide together. */
export function sideBySide(
  left: Side,
  right: Side,
  changes: readonly Change[],
  width: number,
  onlyChanges: boolean,
): string {
  // GNU's layout: the right column starts at a tab stop, three columns lie between.
  const rightAt = Math.floor((width + 8 + 3) / 16) * 8;
  const size = Math.max(1, Math.min(rightAt - 3, width - rightAt));
  let text = '';
  const row = (a: string | undefined, mark: string, b: string | undefined) => {
    const first = (a ?? '').slice(0, size);
    let line = first;
    let position = first.length;
    if (mark !== ' ') {
      line += `${tabs(position, size + 1)}${mark}`;
      position = size + 2;
    }
    text += `${b === undefined || b === '' ? line : line + tabs(position, rightAt) + b.slice(0, size)}\n`;
  };
  let i = 0;
  let j = 0;
  const same = (until: number) => {
    for (; i < until; i += 1, j += 1) if (!onlyChanges) row(left.lines[i], ' ', right.lines[j]);
  };
  for (const change of changes) {
    same(change.left[0]);
    while (i < change.left[1] || j < change.right[1]) {
      const a = i < change.left[1] ? left.lines[i++] : undefined;
      const b = j < change.right[1] ? right.lines[j++] : undefined;
      row(a, a === undefined ? '>' : b === undefined ? '<' : '|', b);
    }
  }
  same(left.lines.length);
  return text;
}

function tabs(from: number, to: number): string {
  let at = from;
  let result = '';
  while (at < to) {
    const next = at + 8 - (at % 8);
    if (next <= to) {
      result += '\t';
      at = next;
    } else {
      result += ' ';
      at += 1;
    }
  }
  return result;
}
