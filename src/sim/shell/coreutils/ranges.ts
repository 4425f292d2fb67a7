/** Positions from 1 on, both ends included; an open end is infinite. */
export type Range = readonly [number, number];

/** What is wrong with a list of positions, in cut's words. */
export class ListError extends Error {}

/** Reads `cut`'s lists: `1,3-5,-2,7-`. Sorted and merged. `kind` is what the message calls a position. */
export function parseRanges(
  list: string,
  kind: 'byte/character position' | 'field',
  quote: (text: string) => string,
): Range[] {
  const ranges: Range[] = [];
  for (const part of list.split(/[, \t]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!match) throw new ListError(invalid(part, kind, quote));
    const [, from = '', dash, to = ''] = match;
    if (dash && !from && !to) throw new ListError('invalid range with no endpoint: -');
    if (from === '0' || (!dash && from === '') || (dash && to !== '' && Number(to) === 0 && !from)) {
      throw new ListError(`${kind}s are numbered from 1`);
    }
    const first = from ? Number(from) : 1;
    const last = dash ? (to ? Number(to) : Number.POSITIVE_INFINITY) : first;
    if (last < first) throw new ListError('invalid decreasing range');
    ranges.push([first, last]);
  }
  return merge(ranges);
}

/** What the ranges leave out. */
export function complement(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  let next = 1;
  for (const [first, last] of ranges) {
    if (first > next) result.push([next, first - 1]);
    next = last + 1;
  }
  if (next !== Number.POSITIVE_INFINITY) result.push([next, Number.POSITIVE_INFINITY]);
  return result;
}

function invalid(part: string, kind: string, quote: (text: string) => string): string {
  const rest = part.replace(/^[\d-]*?(?=[^\d-]|$)/, '');
  return `invalid ${kind === 'field' ? 'field value' : kind} ${quote(rest || part)}`;
}

/** Overlapping ranges become one; touching ones stay apart, as an output delimiter stands between them. */
function merge(ranges: Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  const result: Range[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last && range[0] <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], range[1])];
    else result.push(range);
  }
  return result;
}
