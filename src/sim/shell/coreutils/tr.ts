import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { CHUNK_BYTES, work } from './io.js';
import { UsageError } from './options.js';
import { allBytes, expandSet, SetError } from './tr-sets.js';

/** `tr`: translates, squeezes or deletes bytes. */
export const tr: Program = command(
  {
    name: 'tr',
    usage: '[OPTION]... SET1 [SET2]',
    summary: 'Translate, squeeze, and/or delete characters from standard input, writing to standard output.',
    inOrder: true,
    options: [
      'c C complement : all that are not in SET1',
      'd delete : delete what is in SET1',
      's squeeze-repeats : one for each sequence of a repeated character in the last SET',
      't truncate-set1 : first cut SET1 to the length of SET2',
    ],
  },
  function* (context) {
    const change = changeOf(context);
    for (;;) {
      const chunk = yield* context.sys.read(0, CHUNK_BYTES);
      if (chunk.length === 0) return undefined;
      context.print(change(chunk));
      yield* work(context.sys, chunk.length * 4);
      yield* context.flush();
    }
  },
);

type Change = (chunk: Uint8Array) => Uint8Array;

function changeOf(context: Context): Change {
  const [first, second, extra] = context.operands;
  const deleting = context.has('delete');
  const squeezing = context.has('squeeze-repeats');
  checkOperands(context, deleting, squeezing, [first, second, extra]);
  const mapping = second !== undefined && !deleting;
  const sets = readSets(context, first as string, second, mapping);
  const one = context.has('complement') ? allBytes().filter((byte) => !sets.one.includes(byte)) : sets.one;
  const table = Uint8Array.from(allBytes());
  if (mapping) fillTable(table, context.has('truncate-set1') ? one.slice(0, sets.two.length) : one, sets.two);
  const removed = new Set(deleting ? one : []);
  const squeezed = new Set(squeezing ? (second === undefined ? one : sets.two) : []);
  let last = -1;
  return (chunk) => {
    const result = new Uint8Array(chunk.length);
    let length = 0;
    for (const byte of chunk) {
      if (removed.has(byte)) continue;
      const to = table[byte] as number;
      if (to === last && squeezed.has(to)) continue;
      last = to;
      result[length] = to;
      length += 1;
    }
    return result.subarray(0, length);
  };
}

function checkOperands(context: Context, deleting: boolean, squeezing: boolean, words: (string | undefined)[]): void {
  const [first, second, extra] = words;
  const needed = deleting === squeezing ? 2 : 1;
  if (first === undefined) throw new UsageError('missing operand');
  if (needed === 2 && second === undefined) {
    const why = deleting
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.';
    throw new UsageError(`missing operand after ${context.quote(first)}\n${why}`);
  }
  const most = deleting && !squeezing ? 1 : 2;
  const over = most === 1 ? second : extra;
  if (over === undefined) return;
  const why =
    most === 1 && extra === undefined ? '\nOnly one string may be given when deleting without squeezing repeats.' : '';
  throw new UsageError(`extra operand ${context.quote(over)}${why}`);
}

function readSets(
  context: Context,
  first: string,
  second: string | undefined,
  mapping: boolean,
): { one: number[]; two: number[] } {
  const quote = (text: string) => context.quote(text);
  try {
    const one = expandSet(first, undefined, quote);
    return { one, two: second === undefined ? [] : expandSet(second, mapping ? one.length : 0, quote) };
  } catch (thrown) {
    if (thrown instanceof SetError) throw new UsageError(thrown.message, { hint: false });
    throw thrown;
  }
}

function fillTable(table: Uint8Array, from: readonly number[], to: readonly number[]): void {
  if (to.length === 0 && from.length > 0)
    throw new UsageError('when not truncating set1, string2 must be non-empty', { hint: false });
  for (const [index, byte] of from.entries()) table[byte] = to[Math.min(index, to.length - 1)] as number;
}
