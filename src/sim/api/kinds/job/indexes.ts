/** Lists of a job's indexes: `0-2,5`. */
import { goQuote } from '../../go-text.js';

/** A list that cannot be read; the message is the server's. */
class IndexError extends Error {}

type Interval = readonly [first: number, last: number];

/** How many indexes a list has, or what is wrong with it. */
export function countIndexes(text: string, completions: number): { count: number } | { error: string } {
  try {
    return { count: countOrThrow(text, completions) };
  } catch (error) {
    if (error instanceof IndexError) return { error: error.message };
    throw error;
  }
}

function countOrThrow(text: string, completions: number): number {
  if (text === '') return 0;
  let before: number | undefined;
  let count = 0;
  for (const part of text.split(',')) {
    const [first, last] = readInterval(part, completions);
    if (before !== undefined && before >= first) throw disorder(before, first);
    count += last - first + 1;
    before = last;
  }
  return count;
}

function disorder(before: number, now: number): IndexError {
  return new IndexError(`non-increasing order, previous: ${before}, current: ${now}`);
}

function readInterval(text: string, completions: number): Interval {
  const parts = text.split('-');
  if (parts.length > 2) {
    const words = `violates the requirement that an index interval can have at most two parts separated by '-'`;
    throw new IndexError(`the fragment ${goQuote(text)} ${words}`);
  }
  const [first = 0, last = first] = parts.map((part) => readIndex(part, completions));
  if (parts.length > 1 && first >= last) throw disorder(first, last);
  return [first, last];
}

function readIndex(text: string, completions: number): number {
  if (!/^[+-]?\d{1,18}$/.test(text))
    throw new IndexError(`cannot convert string to integer for index: ${goQuote(text)}`);
  if (Number(text) >= completions) throw new IndexError(`too large index: ${goQuote(text)}`);
  return Number(text);
}

/** The first index that both lists have; what cannot be read counts for nothing. */
export function sharedIndex(completed: string, failed: string, completions: number): number | undefined {
  const others = readableIntervals(failed, completions);
  for (const [first, last] of readableIntervals(completed, completions)) {
    const shared = others.find((other) => first <= other[1] && other[0] <= last);
    if (shared) return Math.max(first, shared[0]);
  }
  return undefined;
}

function readableIntervals(text: string, completions: number): Interval[] {
  return text.split(',').flatMap((part) => {
    try {
      return [readInterval(part, completions)];
    } catch (error) {
      if (error instanceof IndexError) return [];
      throw error;
    }
  });
}
