/** Indexes from the first to the last, both among them. */
export interface Interval {
  readonly first: number;
  readonly last: number;
}

/** Indexes as a status writes them: intervals in order, none of which touches the next. */
export type Intervals = readonly Interval[];

/** Reads `0,3-5,7`; what is no number is passed over, what is not below `completions` is cut off. */
export function parseIntervals(text: string, completions: number): Intervals {
  const found: Interval[] = [];
  for (const part of text === '' ? [] : text.split(',')) {
    const [first, last] = part.split('-').map(readNumber);
    if (first === undefined || (part.includes('-') && last === undefined)) continue;
    if (first >= completions) break;
    const interval = { first, last: Math.min(last ?? first, completions - 1) };
    const before = found.at(-1);
    if (before && before.last === first - 1) found[found.length - 1] = { first: before.first, last: interval.last };
    else found.push(interval);
  }
  return found;
}

/** `0,3-5,7`: two neighbours are named both, more by the ends. */
export function formatIntervals(intervals: Intervals): string {
  return intervals
    .map(({ first, last }) => (last === first ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}

/** How many indexes there are in all. */
export function countOf(intervals: Intervals): number {
  return intervals.reduce((total, { first, last }) => total + last - first + 1, 0);
}

/** Whether an index is among them. */
export function hasIndex(intervals: Intervals, index: number): boolean {
  return intervals.some(({ first, last }) => first <= index && index <= last);
}

/** The indexes of both. */
export function mergeIntervals(some: Intervals, others: Intervals): Intervals {
  const merged: Interval[] = [];
  for (const interval of [...some, ...others].sort((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (!before || interval.first > before.last + 1) merged.push(interval);
    else if (before.last < interval.last) merged[merged.length - 1] = { first: before.first, last: interval.last };
  }
  return merged;
}

/** The intervals with single indexes in any order. */
export function withIndexes(intervals: Intervals, indexes: Iterable<number>): Intervals {
  const singles = [...new Set(indexes)].sort((a, b) => a - b).map((index) => ({ first: index, last: index }));
  return singles.length === 0 ? intervals : mergeIntervals(intervals, singles);
}

/** The first `count` indexes below `completions` that are not among those taken. */
export function firstFree(taken: Intervals, count: number, completions: number): number[] {
  const free: number[] = [];
  let candidate = 0;
  for (const { first, last } of taken) {
    for (; candidate < Math.min(first, completions) && free.length < count; candidate += 1) free.push(candidate);
    candidate = Math.max(candidate, last + 1);
  }
  for (; candidate < completions && free.length < count; candidate += 1) free.push(candidate);
  return free;
}

function readNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}
