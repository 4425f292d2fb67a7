import { CommandError, type Database } from '../keyspace.js';
import { OK, type Reply } from '../resp.js';
import { type Commands, type Context, decimal, integer, numberText, rangeOf, syntaxError } from './command.js';

const SECONDS = 1000;

/** The text of a key. Throws `CommandError` when it holds something else. */
function textOf({ database, now }: Context, key = ''): string | undefined {
  return database.typed(key, 'string', now)?.text;
}

/** Changes a key's text and leaves its end. */
function change(database: Database, key: string, text: string): void {
  const value = database.values.get(key);
  if (value?.kind === 'string') value.text = text;
  else database.set(key, { kind: 'string', text });
}

function add(context: Context, key = '', by: number): number {
  const sum = integer(textOf(context, key) ?? '0') + by;
  if (!Number.isSafeInteger(sum)) throw new CommandError('ERR increment or decrement would overflow');
  change(context.database, key, String(sum));
  return sum;
}

/** When a key ends by an option such as `EX 10`. */
function endOf(option: string, word: string | undefined, now: number, command: string): number {
  const span = integer(word);
  if (span <= 0) throw new CommandError(`ERR invalid expire time in '${command}' command`);
  const unit = option.startsWith('P') ? 1 : SECONDS;
  return option.endsWith('AT') ? span * unit : now + span * unit;
}

function set(context: Context, [key = '', text = '', ...options]: readonly string[]): Reply {
  const { database, now } = context;
  const flags = new Set<string>();
  let end: number | undefined;
  const words = [...options];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const option = word.toUpperCase();
    if (['NX', 'XX', 'GET', 'KEEPTTL'].includes(option)) flags.add(option);
    else if (['EX', 'PX', 'EXAT', 'PXAT'].includes(option) && end === undefined && words.length > 0)
      end = endOf(option, words.shift(), now, 'set');
    else throw syntaxError();
  }
  if (flags.has('NX') && flags.has('XX')) throw syntaxError();
  const before = flags.has('GET') ? (textOf(context, key) ?? null) : undefined;
  const there = database.get(key, now) !== undefined;
  if ((flags.has('NX') && there) || (flags.has('XX') && !there)) return before ?? null;
  const kept = flags.has('KEEPTTL') ? database.ends.get(key) : undefined;
  database.set(key, { kind: 'string', text });
  if (end !== undefined || kept !== undefined) database.ends.set(key, end ?? kept ?? 0);
  return before === undefined ? OK : before;
}

function setMany(context: Context, args: readonly string[], command: string): void {
  if (args.length % 2 === 1) throw new CommandError(`ERR wrong number of arguments for '${command}' command`);
  for (let at = 0; at < args.length; at += 2)
    context.database.set(args[at] ?? '', { kind: 'string', text: args[at + 1] ?? '' });
}

function setRange(context: Context, [key = '', offset, patch = '']: readonly string[]): number {
  const from = integer(offset);
  if (from < 0) throw new CommandError('ERR offset is out of range');
  const before = (textOf(context, key) ?? '').padEnd(from, '\0');
  if (patch !== '') change(context.database, key, before.slice(0, from) + patch + before.slice(from + patch.length));
  return textOf(context, key)?.length ?? 0;
}

function getAndEnd(context: Context, [key = '', option, word]: readonly string[]): Reply {
  const text = textOf(context, key);
  if (text === undefined) return null;
  if (option?.toUpperCase() === 'PERSIST') context.database.ends.delete(key);
  else if (option !== undefined)
    context.database.ends.set(key, endOf(option.toUpperCase(), word, context.now, 'getex'));
  return text;
}

/** SET with a span before the text, as the older commands have it. */
function setWithSpan(option: string, command: string) {
  return (context: Context, [key = '', span, text = '']: readonly string[]): Reply => {
    const end = endOf(option, span, context.now, command);
    context.database.set(key, { kind: 'string', text });
    context.database.ends.set(key, end);
    return OK;
  };
}

/** Commands on texts and numbers. */
export const strings: Commands = {
  append: {
    arity: 3,
    write: true,
    run: (context, [key = '', text = '']) => {
      const whole = (textOf(context, key) ?? '') + text;
      change(context.database, key, whole);
      return whole.length;
    },
  },
  decr: { arity: 2, write: true, run: (context, [key]) => add(context, key, -1) },
  decrby: { arity: 3, write: true, run: (context, [key, by]) => add(context, key, -integer(by)) },
  get: { arity: 2, run: (context, [key]) => textOf(context, key) ?? null },
  getdel: {
    arity: 2,
    write: true,
    run: (context, [key = '']) => {
      const text = textOf(context, key) ?? null;
      context.database.remove(key);
      return text;
    },
  },
  getex: { arity: -2, write: true, run: getAndEnd },
  getrange: {
    arity: 4,
    run: (context, [key, from, to]) => {
      const text = textOf(context, key) ?? '';
      return text.slice(...rangeOf(integer(from), integer(to), text.length));
    },
  },
  getset: {
    arity: 3,
    write: true,
    run: (context, [key = '', text = '']) => {
      const before = textOf(context, key) ?? null;
      context.database.set(key, { kind: 'string', text });
      return before;
    },
  },
  incr: { arity: 2, write: true, run: (context, [key]) => add(context, key, 1) },
  incrby: { arity: 3, write: true, run: (context, [key, by]) => add(context, key, integer(by)) },
  incrbyfloat: {
    arity: 3,
    write: true,
    run: (context, [key = '', by]) => {
      const sum = decimal(textOf(context, key) ?? '0') + decimal(by);
      const text = numberText(Number(sum.toPrecision(15)));
      change(context.database, key, text);
      return text;
    },
  },
  mget: {
    arity: -2,
    run: ({ database, now }, keys) =>
      keys.map((key) => {
        const value = database.get(key, now);
        return value?.kind === 'string' ? value.text : null;
      }),
  },
  mset: {
    arity: -3,
    write: true,
    run: (context, args) => {
      setMany(context, args, 'mset');
      return OK;
    },
  },
  msetnx: {
    arity: -3,
    write: true,
    run: (context, args) => {
      const taken = args.some((key, at) => at % 2 === 0 && context.database.get(key, context.now));
      if (!taken) setMany(context, args, 'msetnx');
      return taken ? 0 : 1;
    },
  },
  psetex: { arity: 4, write: true, run: setWithSpan('PX', 'psetex') },
  set: { arity: -3, write: true, run: set },
  setex: { arity: 4, write: true, run: setWithSpan('EX', 'setex') },
  setnx: {
    arity: 3,
    write: true,
    run: ({ database, now }, [key = '', text = '']) => {
      if (database.get(key, now)) return 0;
      database.set(key, { kind: 'string', text });
      return 1;
    },
  },
  setrange: { arity: 4, write: true, run: setRange },
  strlen: { arity: 2, run: (context, [key]) => textOf(context, key)?.length ?? 0 },
};
