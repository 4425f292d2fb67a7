import type { DnsAnswer, DnsRecord } from '../../../kernel/network.js';
import { type Micros, SECOND } from '../../../kernel/time.js';
import { PREEMPT, type Waiting } from '../../../kernel/wait.js';
import { CorefileError } from '../corefile/tokens.js';
import { longestZone, normalizeZones } from '../corefile/zone-name.js';
import type { DnsQuery, DnsReply, PluginContext, PluginSetup } from '../plugin.js';
import { duration, integer, zonesOr } from './words.js';

interface Half {
  capacity: number;
  ttlMax: number;
  ttlMin: number;
  readonly except: string[];
}

interface Options {
  zones: string[];
  readonly success: Half;
  readonly denial: Half;
  staleSeconds: number;
  verify: boolean;
  failSeconds: number;
  keepTtl: boolean;
}

interface Item {
  readonly reply: DnsReply;
  readonly stored: Micros;
  readonly seconds: number;
}

export type Kind = 'success' | 'denial' | 'failure' | 'other';

/** The cache plugin: answers kept for as long as their records live, within what the Corefile says. */
export const cache: PluginSetup = (context) => {
  const options = readOptions(context);
  const { sys, metrics, background } = context;
  const kept = { success: new Map<string, Item>(), denial: new Map<string, Item>() };

  const store = (key: string, name: string, reply: DnsReply, kind: Kind, seconds: number): void => {
    if (kind === 'other' || seconds <= 0 || reply.truncated) return;
    const half = kind === 'success' ? 'success' : 'denial';
    if (longestZone(name, options[half].except) !== undefined) return;
    const { capacity } = options[half];
    if (kept[half].size >= capacity && !kept[half].has(key)) {
      for (const oldest of kept[half].keys()) {
        kept[half].delete(oldest);
        break;
      }
    }
    kept[half].set(key, { reply, stored: sys.now(), seconds });
  };

  const find = (key: string): { item: Item; left: number; half: 'success' | 'denial' } | undefined => {
    for (const half of ['denial', 'success'] as const) {
      const item = kept[half].get(key);
      if (!item) continue;
      const left = item.seconds - Math.floor((sys.now() - item.stored) / SECOND);
      if (left > 0 || (options.staleSeconds > 0 && -left < options.staleSeconds)) return { item, left, half };
    }
    return undefined;
  };

  return (next) => {
    const refresh = function* (key: string, query: DnsQuery): Waiting<DnsReply> {
      const reply = yield* next(query);
      if (reply.unwritten) return reply;
      const kind = kindOf(reply);
      const seconds = secondsOf(reply, kind, options);
      const capped = { ...reply, ...withTtl(reply, () => seconds) };
      store(key, query.question.name.toLowerCase(), capped, kind, seconds);
      return capped;
    };
    return function* answer(query) {
      const name = query.question.name.toLowerCase();
      if (longestZone(name, options.zones) === undefined) return yield* next(query);
      const key = `${name} ${query.question.type}`;
      const found = find(key);
      metrics.cacheAsked(query.server, found?.half);
      if (!found) return yield* refresh(key, query);
      if (found.left <= 0) {
        if (options.verify) {
          const reply = yield* refresh(key, query);
          if (!reply.unwritten && reply.code !== 'SERVFAIL') return reply;
        } else background(() => later(refresh, key, query));
      }
      const left = options.keepTtl ? found.item.seconds : Math.max(found.left, 0);
      const { reply } = found.item;
      // Resolvers that throw answers without authority away made CoreDNS say so of all that it kept.
      return { ...reply, ...withTtl(reply, () => left), authoritative: true };
    };
  };
};

function* later(
  refresh: (key: string, query: DnsQuery) => Waiting<DnsReply>,
  key: string,
  query: DnsQuery,
): Waiting<void> {
  yield PREEMPT;
  yield* refresh(key, query);
}

function withTtl(
  { records, authority, additional }: DnsAnswer,
  ttl: () => number,
): Pick<DnsAnswer, 'records' | 'authority' | 'additional'> {
  const change = (all: readonly DnsRecord[]): DnsRecord[] => all.map((record) => ({ ...record, ttl: ttl() }));
  return {
    records: change(records),
    ...(authority ? { authority: change(authority) } : {}),
    ...(additional ? { additional: change(additional) } : {}),
  };
}

/** What the cache and the log take an answer for (`response.Typify`): a denial needs the SOA that vouches for it. */
export function kindOf({ code, records, authority = [] }: DnsReply): Kind {
  if (code === 'SERVFAIL' || code === 'NOTIMP') return 'failure';
  const denied = authority.some(({ type }) => type === 'SOA');
  if (code === 'NXDOMAIN') return denied ? 'denial' : 'other';
  if (code !== 'NOERROR') return 'other';
  return records.length === 0 && denied ? 'denial' : 'success';
}

/** The least that any record of the answer lives, within the least and the most for its kind. */
function secondsOf({ records, authority = [], additional = [] }: DnsReply, kind: Kind, options: Options): number {
  if (kind === 'failure') return options.failSeconds;
  const half = options[kind === 'denial' ? 'denial' : 'success'];
  const all = [...records, ...authority, ...additional];
  const shortest = all.length === 0 ? 5 : Math.min(...all.map(leastOf));
  return Math.max(Math.min(shortest, half.ttlMax), half.ttlMin);
}

function leastOf({ type, ttl, data }: DnsRecord): number {
  return type === 'SOA' ? Math.min(ttl, Number(data.split(' ').at(-1))) : ttl;
}

const OPTIONS = new Set(['success', 'denial', 'serve_stale', 'servfail', 'disable', 'prefetch', 'keepttl']);

function readOptions({ words, zones }: PluginContext): Options {
  const options: Options = {
    zones: [...zones],
    success: { capacity: 9984, ttlMax: 3600, ttlMin: 5, except: [] },
    denial: { capacity: 9984, ttlMax: 1800, ttlMin: 5, except: [] },
    staleSeconds: 0,
    verify: false,
    failSeconds: 5,
    keepTtl: false,
  };
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) throw new CorefileError('this plugin can only be used once per Server Block');
    const args = words.remaining();
    if (/^[-+]?\d+$/.test(args[0] ?? '')) {
      const ttl = positive(args.shift() as string);
      options.success.ttlMax = ttl;
      options.denial.ttlMax = ttl;
    }
    options.zones = zonesOr(args, zones);
    while (words.nextInBlock()) {
      if (!OPTIONS.has(words.value)) words.wrongCount();
      readOption(words.value, words.remaining(), options, () => words.wrongCount());
    }
  }
  return options;
}

function readOption(word: string, args: readonly string[], options: Options, wrongCount: () => never): void {
  const [first, second, third] = args;
  switch (word) {
    case 'success':
    case 'denial':
      if (first === undefined) wrongCount();
      options[word].capacity = integer(first);
      if (second !== undefined) options[word].ttlMax = positive(second);
      if (third !== undefined) options[word].ttlMin = notNegative(third);
      return;
    case 'serve_stale':
      if (args.length > 2) wrongCount();
      options.staleSeconds = first === undefined ? 3600 : duration(first) / SECOND;
      if (options.staleSeconds < 0) throw new CorefileError('invalid negative duration for serve_stale');
      if (second !== undefined && !/^(?:immediate|verify)$/i.test(second))
        throw new CorefileError(`invalid value for serve_stale refresh mode: ${second.toLowerCase()}`);
      options.verify = second?.toLowerCase() === 'verify';
      return;
    case 'servfail':
      if (first === undefined || args.length !== 1) wrongCount();
      options.failSeconds = duration(first) / SECOND;
      if (options.failSeconds < 0) throw new CorefileError('invalid negative ttl for servfail');
      if (options.failSeconds > 300)
        throw new CorefileError('caching SERVFAIL responses over 5 minutes is not permitted');
      return;
    case 'disable': {
      if (first === undefined) wrongCount();
      if (first !== 'success' && first !== 'denial')
        throw new CorefileError('cache type for disable must be "success" or "denial"');
      options[first].except.push(...(args.length > 1 ? args.slice(1).flatMap(normalizeZones) : ['.']));
      return;
    }
    case 'prefetch':
      if (first === undefined || args.length > 3) wrongCount();
      if (integer(first) < 0) throw new CorefileError(`prefetch amount should be positive: ${first}`);
      return;
    case 'keepttl':
      if (args.length > 0) wrongCount();
      options.keepTtl = true;
      return;
  }
}

function positive(text: string): number {
  const ttl = integer(text);
  if (ttl <= 0) throw new CorefileError(`cache TTL can not be zero or negative: ${ttl}`);
  return ttl;
}

function notNegative(text: string): number {
  const ttl = integer(text);
  if (ttl < 0) throw new CorefileError(`cache min TTL can not be negative: ${ttl}`);
  return ttl;
}
