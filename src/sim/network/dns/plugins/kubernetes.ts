import { parseSelector, SelectorError } from '../../../api/labels.js';
import type { DnsRecord } from '../../../kernel/network.js';
import { MILLISECOND, SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { isIpv6, parseAddress } from '../../addresses.js';
import { type Found, findNamed, type NamingOptions, nameServers, namesAt } from '../cluster-names.js';
import type { ClusterOptions, ClusterView } from '../cluster-view.js';
import { CorefileError } from '../corefile/tokens.js';
import { inZone, isReverseZone, longestZone, reverseAddress } from '../corefile/zone-name.js';
import type { DnsQuery, DnsReply, PluginContext, PluginSetup } from '../plugin.js';
import { duration, Fallthrough, integer, zonesOr } from './words.js';

const SYNC_CHECK = 100 * MILLISECOND;
const WAIT_LOGGED = 500 * MILLISECOND;
const ALIASES_MAX = 10;

interface Options {
  readonly zones: readonly string[];
  readonly naming: NamingOptions;
  readonly cluster: ClusterOptions;
  readonly fall: Fallthrough;
  readonly ttl: number;
  readonly startupTimeout: number;
}

/** The kubernetes plugin: names of services, endpoints and pods from the cluster itself. */
export const kubernetes: PluginSetup = (context) => {
  const options = readOptions(context);
  const { zones, fall } = options;
  const view = context.clusterView(options.cluster);
  context.readiness('kubernetes', () => view.synced());
  context.onStart(() => waitForCluster(context, view, options.startupTimeout));
  const cluster = new ClusterZones(context, view, options);
  return (next) =>
    function* answer(query) {
      const name = query.question.name.toLowerCase();
      const zone = longestZone(name, zones);
      if (zone === undefined) return yield* next(query);
      const found = yield* cluster.find(query, zone);
      if (found) return cluster.reply(found, zone);
      if (fall.through(name)) return yield* next(query);
      return cluster.denial(view.synced() ? 'NXDOMAIN' : 'SERVFAIL', zone);
    };
};

/** Nobody is answered before the cluster is known, or for as long as the Corefile says. */
function* waitForCluster({ sys, log }: PluginContext, view: ClusterView, timeout: number): Waiting<void> {
  const began = sys.now();
  let logged = began;
  while (!view.synced()) {
    yield* sys.sleep(SYNC_CHECK);
    if (sys.now() - began >= timeout) {
      log('[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API');
      return;
    }
    if (sys.now() - logged < WAIT_LOGGED) continue;
    log('[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server');
    logged = sys.now();
  }
}

type Records = { readonly records: DnsRecord[]; readonly additional?: DnsRecord[] };

/** Answers for the cluster's zones (Kubernetes' DNS specification 1.1.0). */
class ClusterZones {
  private readonly context: PluginContext;
  private readonly view: ClusterView;
  private readonly options: Options;
  private readonly primary: string;

  constructor(context: PluginContext, view: ClusterView, options: Options) {
    this.context = context;
    this.view = view;
    this.options = options;
    this.primary = options.zones.find((zone) => !isReverseZone(zone)) as string;
  }

  /** The records of a name; none where it has none of the type, undefined where it is not there. */
  *find(query: DnsQuery, zone: string): Waiting<Records | undefined> {
    const { name, type } = query.question;
    const lower = name.toLowerCase();
    const apex = lower === zone;
    switch (type) {
      case 'A':
      case 'AAAA':
        return yield* this.addresses(query, zone, name, 0);
      case 'TXT':
        if (lower === `dns-version.${zone}`) return { records: [this.record(name, 'TXT', '"1.1.0"', 28_800)] };
        return this.named(name, zone)?.length ? { records: [] } : undefined;
      case 'SRV':
        return yield* this.services(query, zone);
      case 'CNAME': {
        const [first] = this.named(name, zone) ?? [];
        if (!first) return this.named(name, zone) && { records: [] };
        return { records: isAddress(first.host) ? [] : [this.alias(name, first.host)] };
      }
      case 'PTR': {
        const address = reverseAddress(lower);
        if (address === undefined) return this.named(name, zone) && { records: [] };
        const names = namesAt(this.view, this.options.naming, address, this.primary);
        return names.length > 0 ? { records: names.map((data) => this.record(name, 'PTR', data)) } : undefined;
      }
      case 'SOA':
        return { records: apex ? [this.soa(zone)] : [] };
      case 'NS':
        if (apex) return this.servers(name, zone);
        break;
      case 'MX':
        break;
    }
    return this.named(name, zone) && { records: [] };
  }

  reply({ records, additional }: Records, zone: string): DnsReply {
    if (records.length === 0) return this.denial('NOERROR', zone);
    return {
      code: 'NOERROR',
      authoritative: true,
      records,
      ...(additional && additional.length > 0 ? { additional } : {}),
    };
  }

  /** That something is not there, which the zone's SOA record vouches for. */
  denial(code: DnsReply['code'], zone: string): DnsReply {
    return { code, authoritative: true, records: [], authority: [this.soa(zone)] };
  }

  private named(name: string, zone: string): Found[] | undefined {
    return findNamed(this.view, this.options.naming, name, zone);
  }

  private *addresses(query: DnsQuery, zone: string, name: string, depth: number): Waiting<Records | undefined> {
    const found = this.named(name, zone);
    if (!found) return undefined;
    const { type } = query.question;
    const records: DnsRecord[] = [];
    for (const { host } of found) {
      if (isAddress(host)) {
        const fits = isIpv6(host) === (type === 'AAAA');
        if (fits && !records.some(({ data }) => data === host)) records.push(this.record(name, type, host));
        continue;
      }
      const target = dotted(host);
      if (target === name.toLowerCase() || depth > ALIASES_MAX) continue;
      if (inZone(target, zone)) {
        const further = yield* this.addresses(query, zone, target, depth + 1);
        if (further && further.records.length > 0) records.push(this.alias(name, host), ...further.records);
        continue;
      }
      const answer = yield* this.context.ask({ ...query, question: { ...query.question, name: target } });
      records.push(this.alias(name, host), ...answer.records);
    }
    return { records };
  }

  /** Ports with the names of those behind them, and their addresses besides. */
  private *services(query: DnsQuery, zone: string): Waiting<Records | undefined> {
    const { name } = query.question;
    const found = this.named(name, zone);
    if (!found) return undefined;
    const records = new Map<string, DnsRecord>();
    const additional = new Map<string, DnsRecord>();
    const weight = Math.max(1, Math.floor(10_000 / (100 * Math.max(found.length, 1))));
    for (const { host, owner, port } of found) {
      if (port === -1) continue;
      const target = isAddress(host) ? owner : dotted(host);
      const data = `0 ${weight} ${port} ${target}`;
      if (!records.has(`${port} ${target}`)) records.set(`${port} ${target}`, this.record(name, 'SRV', data));
      if (isAddress(host)) {
        const type = isIpv6(host) ? 'AAAA' : 'A';
        additional.set(`${target} ${host}`, this.record(target, type, host));
        continue;
      }
      for (const type of ['A', 'AAAA'] as const) {
        const answer = yield* this.context.ask({ ...query, question: { ...query.question, name: target, type } });
        for (const record of answer.records) additional.set(`${record.name} ${record.data}`, record);
      }
    }
    return { records: [...records.values()], additional: [...additional.values()] };
  }

  private servers(name: string, zone: string): Records {
    const found = nameServers(this.view, this.options.naming, this.context.sys.network().addresses(), zone);
    const names = [...new Set(found.map(({ owner }) => owner))];
    return {
      records: names.map((owner) => this.record(name, 'NS', owner)),
      additional: found.map(({ host, owner }) => this.record(owner, isIpv6(host) ? 'AAAA' : 'A', host)),
    };
  }

  private record(name: string, type: DnsRecord['type'], data: string, ttl = this.options.ttl): DnsRecord {
    return { name, type, ttl, data };
  }

  private alias(name: string, host: string): DnsRecord {
    return this.record(name, 'CNAME', dotted(host));
  }

  private soa(zone: string): DnsRecord {
    const { ttl } = this.options;
    const data = `ns.dns.${zone} hostmaster.${zone} ${this.view.serial()} 7200 1800 86400 ${ttl}`;
    return this.record(zone, 'SOA', data, Math.min(ttl, 300));
  }
}

function isAddress(host: string): boolean {
  return isIpv6(host) || parseAddress(host) !== undefined;
}

function dotted(host: string): string {
  return host.endsWith('.') ? host : `${host}.`;
}

function readOptions({ words, zones }: PluginContext): Options {
  const namespaces = new Set<string>();
  const cluster: { -readonly [K in keyof ClusterOptions]: ClusterOptions[K] } = {
    pods: false,
    endpoints: true,
    labels: undefined,
    namespaceLabels: undefined,
  };
  const naming = { pods: 'disabled' as NamingOptions['pods'], namespaces, endpointPodNames: false, ignoreEmpty: false };
  const fall = new Fallthrough();
  const rest = { own: [...zones], ttl: 5, startupTimeout: 5 * SECOND };
  for (let count = 0; words.next(); count += 1) {
    if (count > 0) throw new CorefileError('this plugin can only be used once per Server Block');
    rest.own = zonesOr(words.remaining(), zones);
    if (rest.own.every(isReverseZone)) throw new CorefileError('non-reverse zone name must be used');
    while (words.nextInBlock()) {
      const word = words.value;
      const args = words.remaining();
      if (word === 'fallthrough') fall.set(args);
      else if (word === 'ttl') rest.ttl = readTtl(words, args);
      else if (word === 'startup_timeout') rest.startupTimeout = readTimeout(words, args);
      else readOption(words, word, args, naming, cluster);
    }
  }
  if (namespaces.size > 0 && cluster.namespaceLabels) words.fail('namespaces and namespace_labels cannot both be set');
  cluster.pods = naming.pods === 'verified';
  const { own, ttl, startupTimeout } = rest;
  return { zones: own, naming, cluster, fall, ttl, startupTimeout };
}

type Words = PluginContext['words'];

function readOption(
  words: Words,
  word: string,
  args: readonly string[],
  naming: { -readonly [K in keyof NamingOptions]: NamingOptions[K] } & { namespaces: Set<string> },
  cluster: { -readonly [K in keyof ClusterOptions]: ClusterOptions[K] },
): void {
  const counted = (right: boolean): void => {
    if (!right) words.wrongCount();
  };
  const [first = ''] = args;
  switch (word) {
    case 'endpoint_pod_names':
      counted(args.length === 0);
      naming.endpointPodNames = true;
      return;
    case 'pods':
      counted(args.length === 1);
      if (first !== 'disabled' && first !== 'insecure' && first !== 'verified')
        throw new CorefileError(`wrong value for pods: ${first},  must be one of: disabled, verified, insecure`);
      naming.pods = first;
      return;
    case 'namespaces':
      counted(args.length > 0);
      for (const namespace of args) naming.namespaces.add(namespace);
      return;
    case 'labels':
      counted(args.length > 0);
      cluster.labels = readSelector(args.join(' '), 'label selector');
      return;
    case 'namespace_labels':
      counted(args.length > 0);
      cluster.namespaceLabels = readSelector(args.join(' '), 'namespace_label selector');
      return;
    case 'noendpoints':
      counted(args.length === 0);
      cluster.endpoints = false;
      return;
    case 'ignore':
      if (args.length > 0 && first !== 'empty_service')
        throw new CorefileError(`unable to parse ignore value: '${first}'`);
      naming.ignoreEmpty = first === 'empty_service';
      return;
    case 'endpoint':
      return counted(args.length > 0);
    case 'tls':
      return counted(args.length === 3);
    case 'kubeconfig':
      return counted(args.length === 1 || args.length === 2);
    case 'apiserver_qps':
    case 'apiserver_burst':
    case 'apiserver_max_inflight':
      counted(args.length === 1);
      if (Number(first) < 0) words.fail(`${word} must be >= 0`);
      return;
    case 'multicluster':
      return;
    default:
      words.fail(`unknown property '${word}'`);
  }
}

function readTtl(words: Words, [text]: readonly string[]): number {
  if (text === undefined) words.wrongCount();
  const ttl = integer(text);
  return ttl < 0 || ttl > 3600 ? words.fail(`ttl must be in range [0, 3600]: ${ttl}`) : ttl;
}

function readTimeout(words: Words, [text]: readonly string[]): number {
  if (text === undefined) words.wrongCount();
  try {
    return duration(text);
  } catch (error) {
    throw new CorefileError(`failed to parse startup_timeout: ${text}, ${(error as Error).message}`);
  }
}

function readSelector(text: string, what: string): ReturnType<typeof parseSelector> {
  try {
    return parseSelector(text);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CorefileError(`unable to parse ${what} value: '${text}': ${error.message}`);
  }
}
