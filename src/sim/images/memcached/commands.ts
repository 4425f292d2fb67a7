import { counted, type Item } from './items.js';
import type { Server } from './server.js';
import { generalStats, settingStats } from './stats.js';

const KEY_MAX = 250;
/** Ends up to here are counted from now; later ones are seconds of the epoch. */
const RELATIVE_MAX = 60 * 60 * 24 * 30;
const BAD_FORMAT = 'CLIENT_ERROR bad command line format\r\n';
const ERROR = 'ERROR\r\n';

/** A command of the store family, whose value is still to come. */
export interface Store {
  readonly verb: string;
  readonly key: string;
  readonly flags: number;
  readonly ends: number;
  readonly length: number;
  readonly unique: string | undefined;
  readonly quiet: boolean;
}

/** What a line asks for: an answer (the client is to be left with `close`), or a store whose value follows. */
export type Asked =
  | { readonly answer: string; readonly close?: true }
  | { readonly store: Store }
  | { readonly skip: number; readonly answer: string };

/** Understands a line and does what it asks. */
export function understand(server: Server, line: string): Asked {
  const [verb = '', ...words] = line.split(' ').filter(Boolean);
  if (/^(?:set|add|replace|append|prepend|cas)$/.test(verb)) return storeOf(server, verb, words);
  if (verb === 'quit') return { answer: '', close: true };
  if (verb === 'shutdown' && server.options.shutdown) return { answer: 'shutdown', close: true };
  const quiet = words.at(-1) === 'noreply';
  const answer = COMMANDS[verb]?.(server, quiet ? words.slice(0, -1) : words, verb) ?? ERROR;
  return { answer: quiet ? '' : answer };
}

type Command = (server: Server, words: readonly string[], verb: string) => string;

const COMMANDS: Readonly<Record<string, Command>> = {
  cache_memlimit: (_, [megabytes]) => (megabytes === undefined ? ERROR : 'OK\r\n'),
  decr: count,
  delete: remove,
  flush_all: flush,
  gat: (server, words, verb) => touchAndGet(server, words, verb),
  gats: (server, words, verb) => touchAndGet(server, words, verb),
  get: (server, words, verb) => (words.length === 0 ? ERROR : found(server, words, verb === 'gets')),
  gets: (server, words, verb) => (words.length === 0 ? ERROR : found(server, words, verb === 'gets')),
  incr: count,
  ma: () => 'SERVER_ERROR meta commands are not simulated\r\n',
  md: () => 'SERVER_ERROR meta commands are not simulated\r\n',
  me: () => 'SERVER_ERROR meta commands are not simulated\r\n',
  mg: () => 'SERVER_ERROR meta commands are not simulated\r\n',
  mn: () => 'MN\r\n',
  ms: () => 'SERVER_ERROR meta commands are not simulated\r\n',
  shutdown: () => 'ERROR: shutdown not enabled\r\n',
  stats,
  touch,
  verbosity: (server, [level]) => {
    if (level === undefined) return ERROR;
    server.verbosity = Number(level) || 0;
    return 'OK\r\n';
  },
  version: ({ version }) => `VERSION ${version}\r\n`,
};

function storeOf(server: Server, verb: string, words: readonly string[]): Asked {
  const [key = '', flags = '', expires = '', length = '', unique] = words;
  const quiet = words.at(-1) === 'noreply';
  const count = words.length - (quiet ? 1 : 0);
  if (count !== (verb === 'cas' ? 5 : 4)) return { answer: ERROR };
  if (key.length > KEY_MAX || !/^\d+$/.test(flags) || !/^-?\d+$/.test(expires) || !/^\d+$/.test(length))
    return { answer: BAD_FORMAT };
  const size = Number(length);
  if (size + key.length + 50 > server.options.largest) {
    server.count('store_too_large');
    server.items.remove(key);
    return { answer: 'SERVER_ERROR object too large for cache\r\n', skip: size + 2 };
  }
  return {
    store: {
      verb,
      key,
      // A number beyond 32 bits keeps its lower ones.
      flags: Number(BigInt(flags) & 0xffff_ffffn),
      ends: endOf(server, Number(expires)),
      length: size,
      unique: verb === 'cas' ? unique : undefined,
      quiet,
    },
  };
}

function endOf(server: Server, expires: number): number {
  if (expires === 0) return 0;
  if (expires < 0) return 1;
  return expires > RELATIVE_MAX ? expires : server.now() + expires;
}

/** Keeps a value, or says why not. */
export function keep(server: Server, store: Store, value: string): string {
  const said = stored(server, store, value);
  server.hold();
  return store.quiet ? '' : `${said}\r\n`;
}

function stored(server: Server, { verb, key, flags, ends, unique }: Store, value: string): string {
  const { items } = server;
  const before = items.get(key, server.now());
  server.count('cmd_set');
  if (verb === 'cas' && !before) {
    server.count('cas_misses');
    return 'NOT_FOUND';
  }
  if (verb === 'cas' && String(before?.change) !== unique) {
    server.count('cas_badval');
    return 'EXISTS';
  }
  if (verb === 'cas') server.count('cas_hits');
  if ((verb === 'add' && before) || (!before && /^(?:replace|append|prepend)$/.test(verb))) return 'NOT_STORED';
  const joined = before && verb.endsWith('pend') ? joinedTo(before, verb, value) : { key, value, flags, ends };
  if (!items.put(joined)) {
    server.count('store_no_memory');
    return 'SERVER_ERROR out of memory storing object';
  }
  server.count('total_items');
  return 'STORED';
}

function joinedTo(item: Item, verb: string, value: string): Item {
  return { ...item, value: verb === 'append' ? item.value + value : value + item.value };
}

function found(server: Server, keys: readonly string[], numbered: boolean): string {
  if (keys.some((key) => key.length > KEY_MAX)) return BAD_FORMAT;
  let answer = '';
  for (const key of keys) {
    const item = server.items.get(key, server.now());
    server.count('cmd_get');
    server.count(item ? 'get_hits' : 'get_misses');
    if (!item) continue;
    const { flags, value, change } = item;
    answer += `VALUE ${key} ${flags} ${value.length}${numbered ? ` ${change}` : ''}\r\n${value}\r\n`;
  }
  return `${answer}END\r\n`;
}

function touchAndGet(server: Server, [expires, ...keys]: readonly string[], verb: string): string {
  if (expires === undefined) return ERROR;
  if (!/^-?\d+$/.test(expires)) return 'CLIENT_ERROR invalid exptime argument\r\n';
  for (const key of keys) {
    const item = server.items.get(key, server.now());
    server.count('cmd_touch');
    if (item) server.items.touch(item, endOf(server, Number(expires)));
  }
  return found(server, keys, verb === 'gats');
}

function touch(server: Server, words: readonly string[]): string {
  const [key, expires] = words;
  if (key === undefined || expires === undefined) return ERROR;
  if (!/^-?\d+$/.test(expires)) return 'CLIENT_ERROR invalid exptime argument\r\n';
  const item = server.items.get(key, server.now());
  server.count('cmd_touch');
  server.count(item ? 'touch_hits' : 'touch_misses');
  if (item) server.items.touch(item, endOf(server, Number(expires)));
  return item ? 'TOUCHED\r\n' : 'NOT_FOUND\r\n';
}

function count(server: Server, [key, by]: readonly string[], verb: string): string {
  if (key === undefined || by === undefined) return ERROR;
  if (!/^\d{1,20}$/.test(by)) return 'CLIENT_ERROR invalid numeric delta argument\r\n';
  const item = server.items.get(key, server.now());
  server.count(`${verb}_${item ? 'hits' : 'misses'}`);
  if (!item) return 'NOT_FOUND\r\n';
  const result = counted(item.value, verb === 'incr' ? BigInt(by) : -BigInt(by));
  if (!result) return 'CLIENT_ERROR cannot increment or decrement non-numeric value\r\n';
  server.items.put({ ...item, value: result.value });
  return `${result.said}\r\n`;
}

function remove(server: Server, [key, time]: readonly string[]): string {
  if (key === undefined) return ERROR;
  if (time !== undefined && time !== '0')
    return 'CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]\r\n';
  const there = server.items.get(key, server.now()) !== undefined && server.items.remove(key);
  server.count(there ? 'delete_hits' : 'delete_misses');
  return there ? 'DELETED\r\n' : 'NOT_FOUND\r\n';
}

function flush(server: Server, [when]: readonly string[]): string {
  if (!server.options.flushes) return 'CLIENT_ERROR flush_all not allowed\r\n';
  if (when !== undefined && !/^-?\d+$/.test(when)) return 'CLIENT_ERROR invalid exptime argument\r\n';
  server.count('cmd_flush');
  const wait = Number(when ?? 0);
  if (wait <= 0) server.items.clear();
  else
    server.sys.thread(function* flushLater() {
      yield { until: server.sys.now() + wait * 1_000_000 };
      server.items.clear();
    });
  return 'OK\r\n';
}

function stats(server: Server, [what, more]: readonly string[]): string {
  if (what === undefined) return `${generalStats(server)}END\r\n`;
  if (what === 'settings') return `${settingStats(server)}END\r\n`;
  if (what === 'reset') {
    server.counts.clear();
    return 'RESET\r\n';
  }
  if (what === 'sizes') return 'STAT sizes_status disabled\r\nEND\r\n';
  if (what === 'detail')
    return more === 'on' || more === 'off' ? 'OK\r\n' : 'CLIENT_ERROR usage: stats detail on|off|dump\r\n';
  if (what === 'items' || what === 'slabs' || what === 'conns' || what === 'cachedump')
    return what === 'cachedump' && more === undefined
      ? 'CLIENT_ERROR bad command line\r\n'
      : `SERVER_ERROR stats ${what} is not simulated\r\n`;
  return ERROR;
}
