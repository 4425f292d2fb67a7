import { CommandError } from '../keyspace.js';
import { OK } from '../resp.js';
import { type Commands, type Context, decimal, integer, numberText } from './command.js';

function fieldsOf({ database, now }: Context, key = ''): Map<string, string> | undefined {
  return database.typed(key, 'hash', now)?.fields;
}

function fieldsFor(context: Context, key: string): Map<string, string> {
  let fields = fieldsOf(context, key);
  if (!fields) {
    fields = new Map();
    context.database.set(key, { kind: 'hash', fields });
  }
  return fields;
}

/** Sets fields. Gives how many are new. */
function setFields(context: Context, [key = '', ...pairs]: readonly string[], command: string): number {
  if (pairs.length % 2 === 1) throw new CommandError(`ERR wrong number of arguments for '${command}' command`);
  const fields = fieldsFor(context, key);
  const before = fields.size;
  for (let at = 0; at < pairs.length; at += 2) fields.set(pairs[at] ?? '', pairs[at + 1] ?? '');
  return fields.size - before;
}

/** Commands on hashes. */
export const hashes: Commands = {
  hdel: {
    arity: -3,
    write: true,
    run: (context, [key = '', ...names]) => {
      const fields = fieldsOf(context, key);
      const removed = names.filter((name) => fields?.delete(name)).length;
      context.database.drop(key);
      return removed;
    },
  },
  hexists: { arity: 3, run: (context, [key, name = '']) => (fieldsOf(context, key)?.has(name) ? 1 : 0) },
  hget: { arity: 3, run: (context, [key, name = '']) => fieldsOf(context, key)?.get(name) ?? null },
  hgetall: { arity: 2, run: (context, [key]) => [...(fieldsOf(context, key) ?? [])].flat() },
  hincrby: {
    arity: 4,
    write: true,
    run: (context, [key = '', name = '', by]) => {
      const fields = fieldsFor(context, key);
      const sum = integer(fields.get(name) ?? '0', 'ERR hash value is not an integer') + integer(by);
      fields.set(name, String(sum));
      return sum;
    },
  },
  hincrbyfloat: {
    arity: 4,
    write: true,
    run: (context, [key = '', name = '', by]) => {
      const fields = fieldsFor(context, key);
      const sum = decimal(fields.get(name) ?? '0', 'ERR hash value is not a float') + decimal(by);
      fields.set(name, numberText(Number(sum.toPrecision(15))));
      return fields.get(name) ?? '';
    },
  },
  hkeys: { arity: 2, run: (context, [key]) => [...(fieldsOf(context, key)?.keys() ?? [])] },
  hlen: { arity: 2, run: (context, [key]) => fieldsOf(context, key)?.size ?? 0 },
  hmget: {
    arity: -3,
    run: (context, [key, ...names]) => names.map((name) => fieldsOf(context, key)?.get(name) ?? null),
  },
  hmset: {
    arity: -4,
    write: true,
    run: (context, args) => {
      setFields(context, args, 'hmset');
      return OK;
    },
  },
  hset: { arity: -4, write: true, run: (context, args) => setFields(context, args, 'hset') },
  hsetnx: {
    arity: 4,
    write: true,
    run: (context, [key = '', name = '', text = '']) => {
      if (fieldsOf(context, key)?.has(name)) return 0;
      fieldsFor(context, key).set(name, text);
      return 1;
    },
  },
  hstrlen: { arity: 3, run: (context, [key, name = '']) => fieldsOf(context, key)?.get(name)?.length ?? 0 },
  hvals: { arity: 2, run: (context, [key]) => [...(fieldsOf(context, key)?.values() ?? [])] },
};
