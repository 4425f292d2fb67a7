import type { DnsQuery, DnsReply } from './plugin.js';

/** What CoreDNS counts, in the text that Prometheus reads. */
export class DnsMetrics {
  private readonly counters = new Map<
    string,
    { readonly help: string; readonly type: string; readonly values: Map<string, number> }
  >();

  constructor(version: string, go: string, revision: string) {
    this.set(
      'coredns_build_info',
      "A metric with a constant '1' value labeled by version, revision, and goversion from which CoreDNS was built.",
      'gauge',
      { goversion: go, revision, version },
      1,
    );
    this.set('coredns_panics_total', 'A metrics that counts the number of panics.', 'counter', {}, 0);
    this.set('coredns_reload_failed_total', 'Counter of the number of failed reload attempts.', 'counter', {}, 0);
  }

  /** Counts a question that was answered, by its server and zone. */
  answered({ server, zone, question, protocol }: DnsQuery, reply: DnsReply): void {
    const where = { server, view: '', zone };
    const type = KNOWN_TYPES.has(question.type) ? question.type : 'other';
    this.add('coredns_dns_requests_total', 'Counter of DNS requests made per zone, protocol and family.', {
      family: '1',
      proto: protocol,
      ...where,
      type,
    });
    this.add('coredns_dns_responses_total', 'Counter of response status codes.', {
      plugin: '',
      rcode: reply.code,
      ...where,
    });
  }

  /** Counts a question that the cache was asked, and what it knew. */
  cacheAsked(server: string, found: 'success' | 'denial' | undefined): void {
    const where = { server, view: '', zones: '.' };
    this.add('coredns_cache_requests_total', 'The count of cache requests.', where);
    if (found)
      this.add('coredns_cache_hits_total', 'The count of cache hits.', { server, type: found, view: '', zones: '.' });
    else
      this.add(
        'coredns_cache_misses_total',
        'The count of cache misses. Deprecated, derive misses from cache hits/requests counters.',
        where,
      );
  }

  /** Counts what came of handing a question on. */
  forwarded({ code, error }: DnsReply): void {
    this.add('coredns_proxy_request_duration_seconds_count', 'Histogram of the time each request took.', {
      proxy_name: 'forward',
      rcode: error === undefined ? code : 'SERVFAIL',
    });
  }

  /** Says which plugins each server has. */
  enabled(server: string, zone: string, name: string): void {
    const help = 'A metric that indicates whether a plugin is enabled on per server and zone basis.';
    this.set('coredns_plugin_enabled', help, 'gauge', { name, server, view: '', zone }, 1);
  }

  /** Counts a Corefile that could not be loaded. */
  reloadFailed(): void {
    this.add('coredns_reload_failed_total', 'Counter of the number of failed reload attempts.', {});
  }

  text(): string {
    return [...this.counters]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, { help, type, values }]) => {
        const lines = [...values].sort(([one], [other]) => (one < other ? -1 : 1));
        const shown = lines.map(([labels, value]) => `${name}${labels} ${value}\n`).join('');
        return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${shown}`;
      })
      .join('');
  }

  private add(name: string, help: string, labels: Readonly<Record<string, string>>): void {
    const key = labelText(labels);
    this.set(name, help, 'counter', labels, (this.counters.get(name)?.values.get(key) ?? 0) + 1);
  }

  private set(name: string, help: string, type: string, labels: Readonly<Record<string, string>>, value: number): void {
    const counter = this.counters.get(name) ?? { help, type, values: new Map<string, number>() };
    this.counters.set(name, counter);
    counter.values.set(labelText(labels), value);
  }
}

/** The types that are counted by name. */
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  'A',
  'AAAA',
  'ANY',
  'CNAME',
  'HTTPS',
  'MX',
  'NS',
  'PTR',
  'SOA',
  'SRV',
  'TXT',
]);

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
