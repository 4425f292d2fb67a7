import { CommandError, ranked } from '../keyspace.js';
import type { Reply } from '../resp.js';
import { type Commands, type Context, decimal, integer, numberText, rangeOf, syntaxError } from './command.js';

type Member = readonly [member: string, score: number];

function scoresOf({ database, now }: Context, key = ''): Map<string, number> | undefined {
  return database.typed(key, 'zset', now)?.scores;
}

function scoresFor(context: Context, key: string): Map<string, number> {
  let scores = scoresOf(context, key);
  if (!scores) {
    scores = new Map();
    context.database.set(key, { kind: 'zset', scores });
  }
  return scores;
}

function membersOf(context: Context, key: string | undefined, reversed = false): Member[] {
  const members = ranked(scoresOf(context, key) ?? new Map());
  return reversed ? members.reverse() : members;
}

function shown(members: readonly Member[], withScores: boolean): Reply {
  return members.flatMap(([member, score]) => (withScores ? [member, numberText(score)] : [member]));
}

function add(context: Context, [key = '', ...words]: readonly string[]): Reply {
  const flags = new Set<string>();
  let at = 0;
  while (/^(?:NX|XX|GT|LT|CH|INCR)$/i.test(words[at] ?? '')) flags.add((words[at++] ?? '').toUpperCase());
  const pairs = words.slice(at);
  if (pairs.length === 0 || pairs.length % 2 === 1) throw syntaxError();
  const wanted = pairs.filter((_, index) => index % 2 === 0).map((word) => decimal(word));
  const scores = scoresFor(context, key);
  let [added, changed] = [0, 0];
  wanted.forEach((score, index) => {
    const member = pairs[index * 2 + 1] ?? '';
    const before = scores.get(member);
    if ((flags.has('NX') && before !== undefined) || (flags.has('XX') && before === undefined)) return;
    if (before !== undefined && ((flags.has('GT') && score <= before) || (flags.has('LT') && score >= before))) return;
    scores.set(member, flags.has('INCR') ? (before ?? 0) + score : score);
    if (before === undefined) added += 1;
    else if (before !== score) changed += 1;
  });
  context.database.drop(key);
  if (flags.has('INCR')) return numberText(scores.get(pairs[1] ?? '') ?? 0);
  return flags.has('CH') ? added + changed : added;
}

/** One end of a range of scores: `5`, `(5`, `-inf`. */
function bound(word = ''): { score: number; open: boolean } {
  const open = word.startsWith('(');
  return { score: decimal(open ? word.slice(1) : word, 'ERR min or max is not a float'), open };
}

function between(members: readonly Member[], low: string | undefined, high: string | undefined): Member[] {
  const [from, to] = [bound(low), bound(high)];
  return members.filter(
    ([, score]) =>
      (from.open ? score > from.score : score >= from.score) && (to.open ? score < to.score : score <= to.score),
  );
}

interface RangeOptions {
  readonly flags: ReadonlySet<string>;
  readonly limit: readonly [offset: number, count: number] | undefined;
}

function rangeOptions(words: readonly string[]): RangeOptions {
  const flags = new Set<string>();
  let limit: [number, number] | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]?.toUpperCase() ?? '';
    if (word === 'LIMIT') {
      limit = [integer(words[at + 1]), integer(words[at + 2])];
      at += 2;
    } else if (['WITHSCORES', 'REV', 'BYSCORE'].includes(word)) flags.add(word);
    else throw syntaxError();
  }
  return { flags, limit };
}

function limited(members: readonly Member[], { limit }: RangeOptions): readonly Member[] {
  if (!limit) return members;
  return members.slice(limit[0], limit[1] < 0 ? undefined : limit[0] + limit[1]);
}

function range(context: Context, [key, from, to, ...words]: readonly string[], preset: readonly string[] = []): Reply {
  const options = rangeOptions([...preset, ...words]);
  const reversed = options.flags.has('REV');
  const members = membersOf(context, key, reversed);
  const chosen = options.flags.has('BYSCORE')
    ? limited(reversed ? between(members, to, from) : between(members, from, to), options)
    : members.slice(...rangeOf(integer(from), integer(to), members.length));
  return shown(chosen, options.flags.has('WITHSCORES'));
}

function pop(context: Context, [key = '', many]: readonly string[], highest: boolean): Reply {
  const count = many === undefined ? 1 : integer(many, 'ERR value is out of range, must be positive');
  if (count < 0) throw new CommandError('ERR value is out of range, must be positive');
  const taken = membersOf(context, key, highest).slice(0, count);
  for (const [member] of taken) scoresOf(context, key)?.delete(member);
  context.database.drop(key);
  return shown(taken, true);
}

function rank(context: Context, [key, member]: readonly string[], reversed: boolean): Reply {
  const at = membersOf(context, key, reversed).findIndex(([name]) => name === member);
  return at < 0 ? null : at;
}

/** Commands on sorted sets. */
export const sortedSets: Commands = {
  zadd: { arity: -4, write: true, run: add },
  zcard: { arity: 2, run: (context, [key]) => scoresOf(context, key)?.size ?? 0 },
  zcount: { arity: 4, run: (context, [key, low, high]) => between(membersOf(context, key), low, high).length },
  zincrby: {
    arity: 4,
    write: true,
    run: (context, [key = '', by, member = '']) => {
      const delta = decimal(by);
      const scores = scoresFor(context, key);
      scores.set(member, (scores.get(member) ?? 0) + delta);
      return numberText(scores.get(member) ?? 0);
    },
  },
  zmscore: {
    arity: -3,
    run: (context, [key, ...members]) =>
      members.map((member) => {
        const score = scoresOf(context, key)?.get(member);
        return score === undefined ? null : numberText(score);
      }),
  },
  zpopmax: { arity: -2, write: true, run: (context, args) => pop(context, args, true) },
  zpopmin: { arity: -2, write: true, run: (context, args) => pop(context, args, false) },
  zrange: { arity: -4, run: (context, args) => range(context, args) },
  zrangebyscore: { arity: -4, run: (context, args) => range(context, args, ['BYSCORE']) },
  zrank: { arity: -3, run: (context, args) => rank(context, args, false) },
  zrem: {
    arity: -3,
    write: true,
    run: (context, [key = '', ...members]) => {
      const scores = scoresOf(context, key);
      const removed = members.filter((member) => scores?.delete(member)).length;
      context.database.drop(key);
      return removed;
    },
  },
  zremrangebyrank: {
    arity: 4,
    write: true,
    run: (context, [key = '', from, to]) => {
      const members = membersOf(context, key);
      const gone = members.slice(...rangeOf(integer(from), integer(to), members.length));
      for (const [member] of gone) scoresOf(context, key)?.delete(member);
      context.database.drop(key);
      return gone.length;
    },
  },
  zremrangebyscore: {
    arity: 4,
    write: true,
    run: (context, [key = '', low, high]) => {
      const gone = between(membersOf(context, key), low, high);
      for (const [member] of gone) scoresOf(context, key)?.delete(member);
      context.database.drop(key);
      return gone.length;
    },
  },
  zrevrange: { arity: -4, run: (context, args) => range(context, args, ['REV']) },
  zrevrangebyscore: { arity: -4, run: (context, args) => range(context, args, ['REV', 'BYSCORE']) },
  zrevrank: { arity: -3, run: (context, args) => rank(context, args, true) },
  zscore: {
    arity: 3,
    run: (context, [key, member = '']) => {
      const score = scoresOf(context, key)?.get(member);
      return score === undefined ? null : numberText(score);
    },
  },
};
