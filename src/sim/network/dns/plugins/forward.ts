import { askServer } from '../../../client/resolver.js';
import { decodeText } from '../../../kernel/bytes.js';
import { isErrno } from '../../../kernel/errno.js';
import type { DnsAnswer } from '../../../kernel/network.js';
import type { Random } from '../../../kernel/random.js';
import { MILLISECOND, type Micros, SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { isIpv6, parseAddress, parseAddress6 } from '../../addresses.js';
import { CorefileError } from '../corefile/tokens.js';
import { inZone, normalizeZones } from '../corefile/zone-name.js';
import {
  type DnsHandler,
  type DnsQuery,
  type DnsReply,
  onlyCode,
  type PluginContext,
  type PluginSetup,
} from '../plugin.js';
import { dnsCode, duration, integer } from './words.js';

/** CoreDNS gives an upstream two seconds to answer, and goes on asking for five. */
const READ_TIMEOUT = 2 * SECOND;
const DEADLINE = 5 * SECOND;
/** How often an upstream that failed is looked at, and after how many failures it is taken to be down. */
const HEALTH_INTERVAL = 500 * MILLISECOND;
const FAILS_MAX = 2;
const UPSTREAMS_MAX = 15;
/** A question that was handed on this often goes in a circle: it is lost. */
const HOPS_MAX = 12;

/** One server that questions are handed on to. */
interface Upstream {
  readonly address: string;
  readonly port: number;
  /** Since when it fails; undefined while it answers. */
  failing: Micros | undefined;
}

interface Options {
  readonly zone: string;
  readonly upstreams: readonly Upstream[];
  readonly except: string[];
  policy: string;
  protocol: 'udp' | 'tcp' | undefined;
  failsMax: number;
  attemptsMax: number;
  failover: DnsAnswer['code'][];
  next: DnsAnswer['code'][];
}

/** The forward plugin: what is not ours is asked of other servers, named or found in a resolv.conf. */
export const forward: PluginSetup = (context) => {
  const { words, sys } = context;
  const all: Options[] = [];
  while (words.next()) all.push(readOptions(context));
  const random = sys.random().fork('forward');
  const ports = sys.random().fork('forward/ports');
  return (next) =>
    all.reduceRight<DnsHandler>((following, options) => {
      const turn = { last: 0 };
      return function* answer(query) {
        const name = query.question.name.toLowerCase();
        if (!inZone(name, options.zone) || options.except.some((zone) => inZone(name, zone)))
          return yield* following(query);
        const list = ordered(options, random, turn);
        const reply = yield* askUpstreams(context, options, list, query, () => 1024 + ports.below(64_000));
        context.metrics.forwarded(reply);
        return options.next.includes(reply.code) && following !== next ? yield* following(query) : reply;
      };
    }, next);
};

/** The upstreams in the order that the policy draws for one question. */
function ordered({ policy, upstreams }: Options, random: Random, turn: { last: number }): readonly Upstream[] {
  if (policy === 'sequential' || upstreams.length < 2) return upstreams;
  if (policy === 'round_robin') turn.last = (turn.last + 1) % upstreams.length;
  const first = policy === 'round_robin' ? turn.last : random.below(upstreams.length);
  return [...upstreams.slice(first), ...upstreams.slice(0, first)];
}

function* askUpstreams(
  { sys }: PluginContext,
  options: Options,
  list: readonly Upstream[],
  query: DnsQuery,
  drawPort: () => number,
): Waiting<DnsReply> {
  const { question } = query;
  const deadline = sys.now() + DEADLINE;
  const protocol = options.protocol ?? query.protocol;
  const hops = (question.hops ?? 0) + 1;
  let error: string | undefined;
  let failed = 0;
  let attempts = 0;
  for (let at = 0; sys.now() < deadline && (options.attemptsMax === 0 || attempts < options.attemptsMax); at += 1) {
    if (at % list.length === 0) failed = 0;
    const upstream = list[at % list.length] as Upstream;
    const down = isDown(upstream, options, sys.now());
    if (down) failed += 1;
    if (down && failed < list.length) continue;
    const found =
      hops > HOPS_MAX
        ? ('timed-out' as const)
        : yield* askServer(sys, upstream.address, upstream.port, { ...question, hops }, READ_TIMEOUT, protocol);
    if (hops > HOPS_MAX) yield* sys.sleep(READ_TIMEOUT);
    if (typeof found !== 'string') {
      upstream.failing = undefined;
      if (options.failover.includes(found.code) && failed < list.length - 1) {
        failed += 1;
        continue;
      }
      return found;
    }
    upstream.failing ??= sys.now();
    attempts += 1;
    error = failureWords(sys.network().addresses(), upstream, found, protocol, drawPort());
    if (failed >= list.length) break;
    // Whoever is refused at once asks again until the health checks have found out.
    if (found === 'refused') yield* sys.sleep(HEALTH_INTERVAL / 5);
  }
  return onlyCode('SERVFAIL', error ?? 'no healthy proxies');
}

/** Down is who failed more health checks than are forgiven, one at once and one after each interval. */
function isDown({ failing }: Upstream, { failsMax }: Options, now: Micros): boolean {
  if (failsMax === 0 || failing === undefined) return false;
  return now - failing >= failsMax * HEALTH_INTERVAL;
}

function failureWords(
  own: readonly string[],
  { address, port }: Upstream,
  failure: 'refused' | 'timed-out',
  protocol: 'udp' | 'tcp',
  localPort: number,
): string {
  const target = isIpv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
  const source = address.startsWith('127.') ? '127.0.0.1' : (own[0] ?? '127.0.0.1');
  if (protocol === 'tcp')
    return `dial tcp ${target}: ${failure === 'refused' ? 'connect: connection refused' : 'i/o timeout'}`;
  const cause = failure === 'refused' ? 'read: connection refused' : 'i/o timeout';
  return `read udp ${source}:${localPort}->${target}: ${cause}`;
}

function readOptions(context: PluginContext): Options {
  const { words } = context;
  if (!words.nextArgument()) words.wrongCount();
  const [zone = '.'] = normalizeZones(words.value);
  const to = words.remaining();
  if (to.length === 0) words.wrongCount();
  const upstreams = to.flatMap((target) => upstreamsOf(context, target));
  const options: Options = {
    zone,
    upstreams,
    except: [],
    policy: 'random',
    protocol: undefined,
    failsMax: FAILS_MAX,
    attemptsMax: 0,
    failover: [],
    next: [],
  };
  while (words.nextInBlock()) readOption(context, options);
  if (upstreams.length > UPSTREAMS_MAX)
    throw new CorefileError(`more than ${UPSTREAMS_MAX} TOs configured: ${upstreams.length}`);
  return options;
}

function readOption({ words }: PluginContext, options: Options): void {
  const word = words.value;
  const args = words.remaining();
  const [first] = args;
  const needed = (): string => first ?? words.wrongCount();
  const codes = (): DnsAnswer['code'][] => {
    if (args.length === 0) words.wrongCount();
    return args.map((text) => dnsCode(text.toUpperCase()) ?? words.fail(`${text} is not a valid rcode`));
  };
  switch (word) {
    case 'except':
      if (args.length === 0) words.wrongCount();
      options.except.push(...args.flatMap(normalizeZones));
      return;
    case 'policy':
      if (!['random', 'round_robin', 'sequential'].includes(needed())) words.fail(`unknown policy '${first}'`);
      options.policy = first as string;
      return;
    case 'force_tcp':
    case 'prefer_udp':
      if (first !== undefined) words.wrongCount();
      options.protocol = word === 'force_tcp' ? 'tcp' : (options.protocol ?? 'udp');
      return;
    case 'max_fails':
      options.failsMax = integer(needed(), 'ParseUint');
      return;
    case 'max_connect_attempts':
      options.attemptsMax = integer(needed(), 'ParseUint');
      return;
    case 'failover':
      options.failover = codes();
      return;
    case 'next':
      options.next = codes();
      return;
    case 'health_check':
    case 'expire':
    case 'max_age':
      if (duration(needed()) < 0) throw new CorefileError(`${word} can't be negative: ${first}`);
      return;
    case 'max_concurrent':
    case 'max_idle_conns':
      if (integer(needed()) < 0) throw new CorefileError(`${word} can't be negative: ${first}`);
      return;
    case 'tls':
      if (args.length > 3) words.wrongCount();
      return;
    case 'tls_servername':
      needed();
      return;
    case 'failfast_all_unhealthy_upstreams':
      return;
    default:
      words.fail(`unknown property '${word}'`);
  }
}

function upstreamsOf({ sys }: PluginContext, target: string): Upstream[] {
  const [, scheme, rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.*)$/.exec(target) ?? [];
  if (scheme !== undefined && scheme !== 'dns' && scheme !== 'tls')
    throw new CorefileError(
      `'${scheme}' is not supported as a destination protocol in forward: ${scheme}://${rest}${/:\d+$/.test(rest) ? '' : ':443'}`,
    );
  const usual = scheme === 'tls' ? 853 : 53;
  const bracketed = /^\[(.+)\](?::(\d+))?$/.exec(rest);
  const [, host = rest, port] = bracketed ?? /^([^:]+)(?::(\d+))?$/.exec(rest) ?? [];
  const isAddress = parseAddress(host) !== undefined || parseAddress6(host) !== undefined;
  if (isAddress) return [{ address: host, port: Number(port ?? usual), failing: undefined }];
  const none = new CorefileError(`not an IP address or file: ${JSON.stringify(rest)}`);
  if (scheme === 'tls') throw none;
  try {
    const lines = decodeText(sys.readFile(rest)).split('\n');
    const found = lines.flatMap((line) => /^nameserver\s+(\S+)/.exec(line)?.[1] ?? []);
    if (found.length === 0) throw new CorefileError('no nameservers found');
    return found.map((address) => ({ address, port: 53, failing: undefined }));
  } catch (error) {
    if (isErrno(error)) throw none;
    throw error;
  }
}
