import { CommandError } from '../keyspace.js';
import type { Reply } from '../resp.js';
import { type Commands, type Context, integer } from './command.js';

function membersOf({ database, now }: Context, key = ''): Set<string> | undefined {
  return database.typed(key, 'set', now)?.members;
}

type Combination = (sets: readonly ReadonlySet<string>[]) => string[];

const inter: Combination = ([first = new Set(), ...rest]) =>
  [...first].filter((member) => rest.every((set) => set.has(member)));
const union: Combination = (sets) => [...new Set(sets.flatMap((set) => [...set]))];
const diff: Combination = ([first = new Set(), ...rest]) =>
  [...first].filter((member) => !rest.some((set) => set.has(member)));

function combine(combination: Combination) {
  return (context: Context, keys: readonly string[]): string[] =>
    combination(keys.map((key) => membersOf(context, key) ?? new Set<string>()));
}

function store(combination: Combination) {
  return (context: Context, [target = '', ...keys]: readonly string[]): number => {
    const members = combine(combination)(context, keys);
    context.database.remove(target);
    if (members.length > 0) context.database.set(target, { kind: 'set', members: new Set(members) });
    return members.length;
  };
}

/** Members drawn by chance. */
function draw(context: Context, [key = '', many]: readonly string[], remove: boolean): Reply {
  const members = membersOf(context, key);
  const count = many === undefined ? 1 : integer(many);
  if (count < 0) throw new CommandError('ERR value is out of range, must be positive');
  const left = [...(members ?? [])];
  const drawn: string[] = [];
  while (drawn.length < count && left.length > 0)
    drawn.push(...left.splice(context.server.sys.random().below(left.length), 1));
  if (remove) for (const member of drawn) members?.delete(member);
  context.database.drop(key);
  return many === undefined ? (drawn[0] ?? null) : drawn;
}

/** Commands on sets. */
export const sets: Commands = {
  sadd: {
    arity: -3,
    write: true,
    run: (context, [key = '', ...words]) => {
      let members = membersOf(context, key);
      if (!members) {
        members = new Set();
        context.database.set(key, { kind: 'set', members });
      }
      const before = members.size;
      for (const word of words) members.add(word);
      return members.size - before;
    },
  },
  scard: { arity: 2, run: (context, [key]) => membersOf(context, key)?.size ?? 0 },
  sdiff: { arity: -2, run: combine(diff) },
  sdiffstore: { arity: -3, write: true, run: store(diff) },
  sinter: { arity: -2, run: combine(inter) },
  sinterstore: { arity: -3, write: true, run: store(inter) },
  sismember: { arity: 3, run: (context, [key, word = '']) => (membersOf(context, key)?.has(word) ? 1 : 0) },
  smembers: { arity: 2, run: (context, [key]) => [...(membersOf(context, key) ?? [])] },
  smismember: {
    arity: -3,
    run: (context, [key, ...words]) => words.map((word) => (membersOf(context, key)?.has(word) ? 1 : 0)),
  },
  smove: {
    arity: 4,
    write: true,
    run: (context, [from = '', to = '', word = '']) => {
      if (!membersOf(context, from)?.delete(word)) return 0;
      context.database.drop(from);
      const members = membersOf(context, to);
      if (members) members.add(word);
      else context.database.set(to, { kind: 'set', members: new Set([word]) });
      return 1;
    },
  },
  spop: { arity: -2, write: true, run: (context, args) => draw(context, args, true) },
  srandmember: { arity: -2, run: (context, args) => draw(context, args, false) },
  srem: {
    arity: -3,
    write: true,
    run: (context, [key = '', ...words]) => {
      const members = membersOf(context, key);
      const removed = words.filter((word) => members?.delete(word)).length;
      context.database.drop(key);
      return removed;
    },
  },
  sunion: { arity: -2, run: combine(union) },
  sunionstore: { arity: -3, write: true, run: store(union) },
};
