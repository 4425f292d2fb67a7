import { bytesUsed, CommandError, type Value } from '../keyspace.js';
import { OK, type Reply } from '../resp.js';
import { type Commands, type Context, globPattern, integer, syntaxError } from './command.js';

const SECONDS = 1000;

function remove({ database, now }: Context, keys: readonly string[]): number {
  return keys.filter((key) => database.get(key, now) && database.remove(key)).length;
}

/** Sets when a key ends: `unit` milliseconds each, from now or from the epoch. */
function expire(unit: number, from: 'now' | 'epoch', name: string) {
  return ({ database, now }: Context, [key = '', span, flag]: readonly string[]): number => {
    const end = integer(span) * unit + (from === 'now' ? now : 0);
    if (!Number.isSafeInteger(end)) throw new CommandError(`ERR invalid expire time in '${name}' command`);
    const option = flag?.toUpperCase();
    if (option !== undefined && !['NX', 'XX', 'GT', 'LT'].includes(option))
      throw new CommandError(`ERR Unsupported option ${flag}`);
    if (!database.get(key, now)) return 0;
    const before = database.ends.get(key);
    if (option === 'NX' && before !== undefined) return 0;
    if (option === 'XX' && before === undefined) return 0;
    if (option === 'GT' && end <= (before ?? Infinity)) return 0;
    if (option === 'LT' && end >= (before ?? Infinity)) return 0;
    if (end <= now) database.remove(key);
    else database.ends.set(key, end);
    return 1;
  };
}

/** How long until a key ends: -1 never, -2 there is none. */
function left({ database, now }: Context, key: string, unit: number, from: 'now' | 'epoch'): number {
  if (!database.get(key, now)) return -2;
  const end = database.ends.get(key);
  if (end === undefined) return -1;
  return from === 'epoch' ? Math.floor(end / unit) : Math.floor((end - now + unit / 2) / unit);
}

function rename({ database, now }: Context, from: string, to: string): void {
  const value = database.get(from, now);
  if (!value) throw new CommandError('ERR no such key');
  const end = database.ends.get(from);
  database.remove(from);
  database.set(to, value);
  if (end !== undefined) database.ends.set(to, end);
}

function copy({ database, now }: Context, [from = '', to = '', ...options]: readonly string[]): number {
  const value = database.get(from, now);
  const replace = options.some((option) => option.toUpperCase() === 'REPLACE');
  if (!value || (database.get(to, now) && !replace)) return 0;
  const end = database.ends.get(from);
  database.set(to, structuredClone(value));
  if (end !== undefined) database.ends.set(to, end);
  return 1;
}

/** All keys in one go, which SCAN may do of small databases. */
function scan({ database, now }: Context, [cursor, ...options]: readonly string[]): Reply {
  integer(cursor, 'ERR invalid cursor');
  let keys = database.keys(now);
  for (let at = 0; at < options.length; at += 2) {
    const word = options[at + 1];
    const option = options[at]?.toUpperCase();
    if (word === undefined) throw syntaxError();
    if (option === 'MATCH') keys = keys.filter((key) => globPattern(word).test(key));
    else if (option === 'TYPE') keys = keys.filter((key) => database.values.get(key)?.kind === word);
    else if (option === 'COUNT') integer(word);
    else throw syntaxError();
  }
  return ['0', keys];
}

const LISTPACK_ENTRIES = 128;
const EMBEDDED_BYTES = 44;

function encodingOf(value: Value): string {
  switch (value.kind) {
    case 'string':
      if (/^-?(?:0|[1-9]\d{0,18})$/.test(value.text)) return 'int';
      return value.text.length > EMBEDDED_BYTES ? 'raw' : 'embstr';
    case 'list':
      return value.items.length > LISTPACK_ENTRIES ? 'quicklist' : 'listpack';
    case 'set':
      if ([...value.members].every((member) => /^-?\d+$/.test(member))) return 'intset';
      return value.members.size > LISTPACK_ENTRIES ? 'hashtable' : 'listpack';
    case 'hash':
      return value.fields.size > LISTPACK_ENTRIES ? 'hashtable' : 'listpack';
    case 'zset':
      return value.scores.size > LISTPACK_ENTRIES ? 'skiplist' : 'listpack';
  }
}

function describe({ database, now }: Context, [what = '', key = '']: readonly string[]): Reply {
  const value = database.get(key, now);
  const word = what.toLowerCase();
  if (!['encoding', 'refcount', 'idletime'].includes(word))
    throw new CommandError(`ERR unknown subcommand '${what}'. Try OBJECT HELP.`);
  if (!value) return null;
  if (word === 'encoding') return encodingOf(value);
  return word === 'refcount' ? 1 : 0;
}

/** Commands on keys of whatever kind. */
export const keys: Commands = {
  copy: { arity: -3, write: true, run: copy },
  dbsize: { arity: 1, run: ({ database, now }) => database.keys(now).length },
  del: { arity: -2, write: true, run: remove },
  exists: {
    arity: -2,
    run: ({ database, now }, names) => names.filter((key) => database.get(key, now)).length,
  },
  expire: { arity: -3, write: true, run: expire(SECONDS, 'now', 'expire') },
  expireat: { arity: -3, write: true, run: expire(SECONDS, 'epoch', 'expireat') },
  expiretime: { arity: 2, run: (context, [key = '']) => left(context, key, SECONDS, 'epoch') },
  flushall: {
    arity: -1,
    write: true,
    run: ({ server }) => {
      for (const database of server.databases) database.clear();
      return OK;
    },
  },
  flushdb: {
    arity: -1,
    write: true,
    run: ({ database }) => {
      database.clear();
      return OK;
    },
  },
  keys: {
    arity: 2,
    run: ({ database, now }, [glob = '']) => database.keys(now).filter((key) => globPattern(glob).test(key)),
  },
  memory: {
    arity: -2,
    run: ({ database, now }, [what = '', key = '']) => {
      if (what.toLowerCase() !== 'usage') throw new CommandError(`ERR unknown subcommand '${what}'. Try MEMORY HELP.`);
      const value = database.get(key, now);
      return value ? bytesUsed(key, value) : null;
    },
  },
  object: { arity: -2, run: describe },
  persist: {
    arity: 2,
    write: true,
    run: ({ database, now }, [key = '']) => (database.get(key, now) && database.ends.delete(key) ? 1 : 0),
  },
  pexpire: { arity: -3, write: true, run: expire(1, 'now', 'pexpire') },
  pexpireat: { arity: -3, write: true, run: expire(1, 'epoch', 'pexpireat') },
  pttl: { arity: 2, run: (context, [key = '']) => left(context, key, 1, 'now') },
  randomkey: {
    arity: 1,
    run: ({ database, server, now }) => {
      const names = database.keys(now);
      return names[server.sys.random().below(Math.max(names.length, 1))] ?? null;
    },
  },
  rename: {
    arity: 3,
    write: true,
    run: (context, [from = '', to = '']) => {
      rename(context, from, to);
      return OK;
    },
  },
  renamenx: {
    arity: 3,
    write: true,
    run: (context, [from = '', to = '']) => {
      if (context.database.get(to, context.now)) return 0;
      rename(context, from, to);
      return 1;
    },
  },
  scan: { arity: -2, run: scan },
  swapdb: {
    arity: 3,
    write: true,
    run: ({ server: { databases } }, [one, other]) => {
      const [a, b] = [integer(one), integer(other)];
      const [first, second] = [databases[a], databases[b]];
      if (!first || !second) throw new CommandError('ERR DB index is out of range');
      databases[a] = second;
      databases[b] = first;
      return OK;
    },
  },
  touch: { arity: -2, run: ({ database, now }, names) => names.filter((key) => database.get(key, now)).length },
  ttl: { arity: 2, run: (context, [key = '']) => left(context, key, SECONDS, 'now') },
  type: {
    arity: 2,
    run: ({ database, now }, [key = '']) => ({ status: database.get(key, now)?.kind ?? 'none' }),
  },
  unlink: { arity: -2, write: true, run: remove },
};
