import { compareBytes } from '../../../api/bytewise.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goDeepEqual } from '../../../api/go-template/deep-equal.js';
import { type GoFunction, type GoType, goFunction, LIST } from '../../../api/go-template/go-types.js';
import { type GoData, GoNil, isGoList, typed, typeOfData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { isTrueData } from '../../../api/go-template/truth.js';
import { toInt64 } from '../data/cast.js';
import { listItems, nilDereference } from '../data/runtime-errors.js';
import { textOfData, textsOf } from '../text/text-of.js';

const list = goFunction('(...any) []any', (...items: GoData[]) => items);

const append = goFunction('(any, any) []any', (data: GoData, item: GoData) => [
  ...listItems(data, 'Cannot push on type'),
  item,
]);

const prepend = goFunction('(any, any) []any', (data: GoData, item: GoData) => [
  item,
  ...listItems(data, 'Cannot prepend on type'),
]);

const chunk = goFunction('(int, any) [][]any', (size: number, data: GoData) => {
  const items = listItems(data, 'Cannot chunk type');
  if (size <= 0) throw new TemplateError('runtime error: makeslice: len out of range');
  const chunks: GoData[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
});

const compact = listFunction('Cannot compact on type', (items) => items.filter(isTrueData));
const first = goFunction('(any) any', (data: GoData) => listItems(data, 'Cannot find first on type')[0] ?? null);
const last = goFunction('(any) any', (data: GoData) => listItems(data, 'Cannot find last on type').at(-1) ?? null);
const initial = listFunction('Cannot find initial on type', (items) =>
  items.length === 0 ? null : items.slice(0, -1),
);
const rest = listFunction('Cannot find rest on type', (items) => (items.length === 0 ? null : items.slice(1)));
const reverse = listFunction('Cannot find reverse on type', (items) => [...items].reverse());

const uniq = listFunction('Cannot find uniq on type', (items) =>
  items.filter((item, i) => items.findIndex((other) => goDeepEqual(item, other)) === i),
);

const has = goFunction('(any, any) bool', (needle: GoData, data: GoData) => {
  if (data === null) return false;
  return listItems(data, 'Cannot find has on type').some((item) => goDeepEqual(needle, item));
});

const slice = goFunction('(any, ...any) any', (data: GoData, ...indexes: GoData[]) => {
  const items = listItems(data, 'list should be type of slice or array but');
  if (items.length === 0) return null;
  const from = indexes.length > 0 ? Number(toInt64(indexes[0])) : 0;
  const to = indexes.length < 2 ? items.length : Number(toInt64(indexes[1]));
  if (from < 0 || to < from || to > items.length)
    throw new TemplateError('reflect.Value.Slice: slice index out of bounds');
  const part = (data as GoData[] | Uint8Array).slice(from, to);
  return typed(part, typeOfData(data) as GoType);
});

const without = goFunction('(any, ...any) []any', (data: GoData, ...omitted: GoData[]) =>
  listItems(data, 'Cannot find without on type').filter((item) => !omitted.some((other) => goDeepEqual(item, other))),
);

/** Sprig's functions of lists; those that begin with `must` fail in the same words. */
export const LIST_FUNCTIONS: FunctionTable = {
  append,
  chunk,
  compact,
  concat: goFunction('(...any) any', concat),
  first,
  has,
  initial,
  last,
  list,
  mustAppend: append,
  mustChunk: chunk,
  mustCompact: compact,
  mustFirst: first,
  mustHas: has,
  mustInitial: initial,
  mustLast: last,
  mustPrepend: prepend,
  mustPush: append,
  mustRest: rest,
  mustReverse: reverse,
  mustSlice: slice,
  mustUniq: uniq,
  mustWithout: without,
  prepend,
  push: append,
  rest,
  reverse,
  slice,
  sortAlpha: goFunction('(any) []string', (data: GoData) =>
    isGoList(data) ? textsOf(data).sort(compareBytes) : [textOfData(data)],
  ),
  tuple: list,
  uniq,
  without,
};

function listFunction(complaint: string, change: (items: readonly GoData[]) => GoData): GoFunction {
  return goFunction('(any) []any', (data: GoData) => change(listItems(data, complaint)));
}

function concat(...lists: GoData[]): GoData {
  const joined: GoData[] = [];
  for (const data of lists) {
    const kind = typeOfData(data)?.kind;
    if (kind === undefined) throw nilDereference();
    if (kind !== 'slice') throw new TemplateError(`Cannot concat type ${kind} as list`);
    joined.push(...listItems(data, ''));
  }
  return joined.length === 0 ? new GoNil(LIST) : joined;
}
