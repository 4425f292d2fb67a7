import { CommandError } from '../keyspace.js';
import { OK, type Reply } from '../resp.js';
import { type Commands, type Context, integer, rangeOf, syntaxError } from './command.js';

function itemsOf({ database, now }: Context, key = ''): string[] | undefined {
  return database.typed(key, 'list', now)?.items;
}

type Side = 'left' | 'right';

function push(side: Side, onlyExisting = false) {
  return (context: Context, [key = '', ...words]: readonly string[]): number => {
    let items = itemsOf(context, key);
    if (!items && onlyExisting) return 0;
    if (!items) {
      items = [];
      context.database.set(key, { kind: 'list', items });
    }
    if (side === 'right') items.push(...words);
    else items.unshift(...[...words].reverse());
    return items.length;
  };
}

function pop(side: Side) {
  return (context: Context, [key = '', many]: readonly string[]): Reply => {
    const count = many === undefined ? 1 : integer(many, 'ERR value is out of range, must be positive');
    if (count < 0) throw new CommandError('ERR value is out of range, must be positive');
    const items = itemsOf(context, key);
    if (!items) return null;
    const taken = side === 'left' ? items.splice(0, count) : items.splice(Math.max(items.length - count, 0)).reverse();
    context.database.drop(key);
    return many === undefined ? (taken[0] ?? null) : taken;
  };
}

function move(from: Side, to: Side) {
  return (context: Context, source: string, target: string): Reply => {
    const word = pop(from)(context, [source]);
    if (typeof word === 'string') push(to)(context, [target, word]);
    return word;
  };
}

function sideOf(word = ''): Side {
  const side = word.toLowerCase();
  if (side !== 'left' && side !== 'right') throw syntaxError();
  return side;
}

function removeItems(context: Context, [key = '', many, word]: readonly string[]): number {
  const count = integer(many);
  const items = itemsOf(context, key);
  if (!items) return 0;
  let removed = 0;
  const most = count === 0 ? items.length : Math.abs(count);
  while (removed < most) {
    const at = count < 0 ? items.lastIndexOf(word ?? '') : items.indexOf(word ?? '');
    if (at < 0) break;
    items.splice(at, 1);
    removed += 1;
  }
  context.database.drop(key);
  return removed;
}

function insert(context: Context, [key, where = '', pivot = '', word = '']: readonly string[]): number {
  const before = where.toUpperCase() === 'BEFORE';
  if (!before && where.toUpperCase() !== 'AFTER') throw syntaxError();
  const items = itemsOf(context, key);
  if (!items) return 0;
  const at = items.indexOf(pivot);
  if (at < 0) return -1;
  items.splice(before ? at : at + 1, 0, word);
  return items.length;
}

/** What BLPOP and BRPOP find at once; null when their client must wait. */
export function popFirst(context: Context, side: Side, keys: readonly string[]): Reply {
  for (const key of keys) {
    const word = pop(side)(context, [key]);
    if (word !== null) return [key, word];
  }
  return null;
}

/** Commands on lists. */
export const lists: Commands = {
  lindex: { arity: 3, run: (context, [key, at]) => itemsOf(context, key)?.at(integer(at)) ?? null },
  linsert: { arity: 5, write: true, run: insert },
  llen: { arity: 2, run: (context, [key]) => itemsOf(context, key)?.length ?? 0 },
  lmove: {
    arity: 5,
    write: true,
    run: (context, [source = '', target = '', from, to]) => move(sideOf(from), sideOf(to))(context, source, target),
  },
  lpop: { arity: -2, write: true, run: pop('left') },
  lpos: {
    arity: -3,
    run: (context, [key, word = '']) => {
      const at = itemsOf(context, key)?.indexOf(word) ?? -1;
      return at < 0 ? null : at;
    },
  },
  lpush: { arity: -3, write: true, run: push('left') },
  lpushx: { arity: -3, write: true, run: push('left', true) },
  lrange: {
    arity: 4,
    run: (context, [key, from, to]) => {
      const bounds = [integer(from), integer(to)] as const;
      const items = itemsOf(context, key) ?? [];
      return items.slice(...rangeOf(...bounds, items.length));
    },
  },
  lrem: { arity: 4, write: true, run: removeItems },
  lset: {
    arity: 4,
    write: true,
    run: (context, [key, place, word = '']) => {
      const items = itemsOf(context, key);
      if (!items) throw new CommandError('ERR no such key');
      const at = integer(place);
      if (items.at(at) === undefined) throw new CommandError('ERR index out of range');
      items[at < 0 ? items.length + at : at] = word;
      return OK;
    },
  },
  ltrim: {
    arity: 4,
    write: true,
    run: (context, [key = '', from, to]) => {
      const items = itemsOf(context, key);
      if (!items) return OK;
      const [start, end] = rangeOf(integer(from), integer(to), items.length);
      items.splice(0, items.length, ...items.slice(start, Math.max(start, end)));
      context.database.drop(key);
      return OK;
    },
  },
  rpop: { arity: -2, write: true, run: pop('right') },
  rpoplpush: {
    arity: 3,
    write: true,
    run: (context, [source = '', target = '']) => move('right', 'left')(context, source, target),
  },
  rpush: { arity: -3, write: true, run: push('right') },
  rpushx: { arity: -3, write: true, run: push('right', true) },
};
