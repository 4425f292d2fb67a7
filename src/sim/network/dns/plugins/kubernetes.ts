import type { DnsRecord } from '../../../kernel/network.js';
import { MILLISECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { isIpv6, parseAddress } from '../../addresses.js';
import { type Found, findNamed, nameServers, namesAt } from '../cluster-names.js';
import type { ClusterView } from '../cluster-view.js';
import { inZone, isReverseZone, longestZone, reverseAddress } from '../corefile/zone-name.js';
import { type KubernetesOptions, readKubernetesOptions } from '../kubernetes-options.js';
import type { DnsQuery, DnsReply, PluginContext, PluginSetup } from '../plugin.js';

const SYNC_CHECK = 100 * MILLISECOND;
const WAIT_LOGGED = 500 * MILLISECOND;
const ALIASES_MAX = 10;

/** The kubernetes plugin: names of services, endpoints and pods from the cluster itself. */
export const kubernetes: PluginSetup = (context) => {
  const options = readKubernetesOptions(context);
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
  private readonly options: KubernetesOptions;
  private readonly primary: string;

  constructor(context: PluginContext, view: ClusterView, options: KubernetesOptions) {
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
