import type { EtcdKeyValue, EtcdRange, EtcdRangeResponse } from '../../../api/etcd-messages.js';
import { concatBytes, decodeText, encodeText } from '../../../kernel/bytes.js';
import { print, readAll } from '../../../kernel/libc/streams.js';
import type { Waiting } from '../../../kernel/wait.js';
import { EtcdClient } from '../client.js';
import { headerFields, headerJson, keyValueFields, keyValueJson, simpleKeyValue } from '../output.js';
import { CommandError, EXIT, type Settings } from '../settings.js';
import type { Call, Command } from './command.js';

const refuse = (message: string) => new CommandError(EXIT.badArguments, message);
const noFormat = (format: string) =>
  new CommandError(
    EXIT.badFeature,
    format === 'table' ? 'table not supported as output format' : 'unsupported output format',
  );

/** Refuses a format nobody knows, before anything is done. */
export function checkFormat({ format }: Settings): void {
  if (!['simple', 'json', 'fields', 'table', 'protobuf'].includes(format)) throw noFormat(format);
}

function rangeOf({ settings, args }: Call, command: string): EtcdRange {
  if (args.length === 0 || args.length > 2) {
    throw refuse(`${command} command needs one argument as key and an optional argument as range_end`);
  }
  const [prefix, fromKey] = [settings.truth('prefix'), settings.truth('from-key')];
  if (prefix && fromKey) throw refuse('`--prefix` and `--from-key` cannot be set at the same time, choose one');
  const [key = '', end] = args;
  if (end !== undefined && (prefix || fromKey)) {
    throw refuse('too many arguments, only accept one argument when `--prefix` or `--from-key` is set');
  }
  return { key, end, prefix, fromKey };
}

const ORDER: Readonly<Record<string, (one: EtcdKeyValue, other: EtcdKeyValue) => number>> = {
  CREATE: (one, other) => one.createRevision - other.createRevision,
  KEY: (one, other) => compare(one.key, other.key),
  MODIFY: (one, other) => one.modRevision - other.modRevision,
  VALUE: (one, other) => compare(decodeText(one.value), decodeText(other.value)),
  VERSION: (one, other) => one.version - other.version,
};

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Sorts as asked; throws for words that name no order. */
function sorter(settings: Settings): ((kvs: readonly EtcdKeyValue[]) => readonly EtcdKeyValue[]) | undefined {
  const order = settings.text('order').toUpperCase();
  const target = settings.text('sort-by').toUpperCase();
  if (!['', 'ASCEND', 'DESCEND'].includes(order))
    throw new CommandError(EXIT.badFeature, `bad sort order ${settings.text('order')}`);
  const by = ORDER[target === '' ? 'KEY' : target];
  if (!by) throw new CommandError(EXIT.badFeature, `bad sort target ${settings.text('sort-by')}`);
  if (order === '' && target === '') return undefined;
  return (kvs) => {
    const sorted = [...kvs].sort(by);
    return order === 'DESCEND' ? sorted.reverse() : sorted;
  };
}

function* runGet(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const [keysOnly, countOnly, valueOnly] = ['keys-only', 'count-only', 'print-value-only'].map((name) =>
    settings.truth(name),
  );
  const range = rangeOf(call, 'get');
  if (keysOnly && countOnly)
    throw refuse('`--keys-only` and `--count-only` cannot be set at the same time, choose one');
  const sort = sorter(settings);
  const client = new EtcdClient(sys, settings);
  const limit = settings.number('limit');
  const found = yield* client.call('range', {
    ...range,
    revision: settings.number('rev'),
    limit: sort ? 0 : limit,
    keysOnly,
    countOnly,
  });
  const ordered = sort ? sort(found.kvs) : found.kvs;
  const kvs = sort && limit > 0 ? ordered.slice(0, limit) : ordered;
  if (countOnly && settings.format !== 'fields') throw refuse('--count-only is only for `--write-out=fields`');
  if (valueOnly && settings.format !== 'simple') throw refuse('print-value-only is only for `--write-out=simple`');
  yield* showRange(call, { ...found, kvs }, valueOnly ? 'value' : keysOnly ? 'key' : 'both');
  return 0;
}

function* showRange({ sys, settings }: Call, found: EtcdRangeResponse, which: 'both' | 'value' | 'key'): Waiting<void> {
  const { header, kvs, more, count } = found;
  switch (settings.format) {
    case 'simple': {
      const chunks = kvs.map((kv) => simpleKeyValue(kv, settings.truth('hex'), which));
      if (chunks.length > 0) yield* sys.write(1, concatBytes(chunks));
      return;
    }
    case 'fields':
      yield* print(
        sys,
        `${headerFields(header)}${kvs.map(keyValueFields).join('')}"More" : ${more}\n"Count" : ${count}\n`,
      );
      return;
    case 'json': {
      const list = kvs.length > 0 ? `,"kvs":[${kvs.map((kv) => keyValueJson(kv, which !== 'key')).join(',')}]` : '';
      yield* print(
        sys,
        `{"header":${headerJson(header)}${list}${more ? ',"more":true' : ''}${count ? `,"count":${count}` : ''}}\n`,
      );
      return;
    }
    default:
      throw noFormat(settings.format);
  }
}

function* runPut(call: Call): Waiting<number> {
  const { sys, settings, args } = call;
  const problem = 'put command needs 1 argument and input from stdin or 2 arguments';
  const [key, given] = args;
  if (key === undefined || args.length > 2) throw refuse(problem);
  const value = given === undefined ? yield* readAll(sys, 0) : encodeText(given);
  if (given === undefined && value.length === 0) throw refuse(problem);
  const client = new EtcdClient(sys, settings);
  const { header, previous } = yield* client.call('put', { key, value });
  const shown = settings.truth('prev-kv') ? previous : undefined;
  if (settings.format === 'json') {
    yield* print(sys, `{"header":${headerJson(header)}${shown ? `,"prev_kv":${keyValueJson(shown)}` : ''}}\n`);
  } else if (settings.format === 'fields') {
    yield* print(sys, `${headerFields(header)}${shown ? keyValueFields(shown) : ''}`);
  } else if (settings.format === 'simple') {
    yield* print(sys, 'OK\n');
    if (shown) yield* sys.write(1, simpleKeyValue(shown, settings.truth('hex'), 'both'));
  } else throw noFormat(settings.format);
  return 0;
}

function* runDelete(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const range = rangeOf(call, 'del');
  const client = new EtcdClient(sys, settings);
  const { header, deleted, previous } = yield* client.call('delete', range);
  const shown = settings.truth('prev-kv') ? previous : [];
  if (settings.format === 'json') {
    const list = shown.length > 0 ? `,"prev_kvs":[${shown.map((kv) => keyValueJson(kv)).join(',')}]` : '';
    yield* print(sys, `{"header":${headerJson(header)}${deleted ? `,"deleted":${deleted}` : ''}${list}}\n`);
  } else if (settings.format === 'fields') {
    yield* print(sys, `${headerFields(header)}"Deleted" : ${deleted}\n${shown.map(keyValueFields).join('')}`);
  } else if (settings.format === 'simple') {
    yield* print(sys, `${deleted}\n`);
    for (const kv of shown) yield* sys.write(1, simpleKeyValue(kv, settings.truth('hex'), 'both'));
  } else throw noFormat(settings.format);
  return 0;
}

function* runWatch(call: Call): Waiting<number> {
  const { sys, settings } = call;
  const range = rangeOf(call, 'watch');
  const client = new EtcdClient(sys, settings);
  const revision = settings.number('rev');
  const { events } = yield* client.call('watch', { ...range, revision }, { timeout: undefined, logger: 'etcd-client' });
  for (;;) {
    const event = yield* events.receive();
    if (event === 'end') return EXIT.error;
    const before = settings.truth('prev-kv') && event.previous ? [simpleKeyValue(event.previous, false, 'both')] : [];
    const after = simpleKeyValue(event.kv, settings.truth('hex'), 'both');
    yield* sys.write(1, concatBytes([encodeText(`${event.type === 'PUT' ? 'PUT' : 'DELETE'}\n`), ...before, after]));
  }
}

const RANGE_FLAGS = [
  { name: 'prefix', truth: true },
  { name: 'from-key', truth: true },
] as const;

/** The commands about keys. */
export const KEY_COMMANDS: readonly Command[] = [
  {
    name: 'del',
    summary: 'Removes the specified key or range of keys [key, range_end)',
    usage: '[options] <key> [range_end] [flags]',
    flags: [...RANGE_FLAGS, { name: 'prev-kv', truth: true }, { name: 'range', truth: true }],
    run: runDelete,
  },
  {
    name: 'get',
    summary: 'Gets the key or a range of keys',
    usage: '[options] <key> [range_end] [flags]',
    flags: [
      ...RANGE_FLAGS,
      ...['count-only', 'keys-only', 'print-value-only'].map((name) => ({ name, truth: true })),
      ...['limit', 'rev', 'max-create-rev', 'max-mod-rev', 'min-create-rev', 'min-mod-rev'].map((name) => ({
        name,
        kind: 'number' as const,
      })),
      ...['consistency', 'order', 'sort-by'].map((name) => ({ name })),
    ],
    options: [
      '      --consistency="l"\t\t\tLinearizable(l) or Serializable(s)',
      '      --count-only[=false]\t\tGet only the count',
      '      --from-key[=false]\t\tGet keys that are greater than or equal to the given key using byte compare',
      '  -h, --help[=false]\t\t\thelp for get',
      '      --keys-only[=false]\t\tGet only the keys',
      '      --limit=0\t\t\t\tMaximum number of results',
      '      --max-create-rev=0\t\tMaximum create revision',
      '      --max-mod-rev=0\t\t\tMaximum modification revision',
      '      --min-create-rev=0\t\tMinimum create revision',
      '      --min-mod-rev=0\t\t\tMinimum modification revision',
      '      --order=""\t\t\tOrder of results; ASCEND or DESCEND (ASCEND by default)',
      '      --prefix[=false]\t\t\tGet keys with matching prefix',
      '      --print-value-only[=false]\tOnly write values when using the "simple" output format',
      '      --rev=0\t\t\t\tSpecify the kv revision',
      '      --sort-by=""\t\t\tSort target; CREATE, KEY, MODIFY, VALUE, or VERSION',
    ],
    run: runGet,
  },
  {
    name: 'put',
    summary: 'Puts the given key into the store',
    usage: '[options] <key> <value> (<value> can also be given from stdin) [flags]',
    flags: [
      { name: 'prev-kv', truth: true },
      { name: 'lease' },
      { name: 'ignore-lease', truth: true },
      { name: 'ignore-value', truth: true },
    ],
    run: runPut,
  },
  {
    name: 'watch',
    summary: 'Watches events stream on keys or prefixes',
    usage: '[options] [key or prefix] [range_end] [--] [exec-command arg1 arg2 ...] [flags]',
    flags: [...RANGE_FLAGS, { name: 'rev', kind: 'number' }, { name: 'prev-kv', truth: true }],
    run: runWatch,
  },
];
