import type { Pod } from '../../api/types/pod.js';

/** What a node knows about names. */
export interface DnsFacts {
  /** The node's own resolv.conf. */
  readonly host: string;
  readonly clusterDNS: readonly string[];
  readonly clusterDomain: string;
}

interface Resolver {
  servers: string[];
  searches: string[];
  options: string[];
}

/** A pod's /etc/resolv.conf (kubelet pkg/kubelet/network/dns). */
export function podResolvConf(pod: Pod, facts: DnsFacts): string {
  const { spec, metadata } = pod;
  const host = parse(facts.host);
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  const wantsCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec.hostNetwork);
  let resolver: Resolver;
  if (policy === 'None') resolver = { servers: [], searches: [], options: [] };
  else if (wantsCluster && facts.clusterDNS.length > 0) {
    const domain = facts.clusterDomain;
    const own = domain === '' ? [] : [`${metadata.namespace}.svc.${domain}`, `svc.${domain}`, domain];
    resolver = { servers: [...facts.clusterDNS], searches: [...own, ...host.searches], options: ['ndots:5'] };
  } else resolver = host;
  const { dnsConfig } = spec;
  if (dnsConfig) {
    resolver.servers = unique([...resolver.servers, ...(dnsConfig.nameservers ?? [])]);
    resolver.searches = unique([...resolver.searches, ...(dnsConfig.searches ?? [])]);
    for (const { name = '', value } of dnsConfig.options ?? []) {
      resolver.options = resolver.options.filter((option) => option.split(':')[0] !== name);
      resolver.options.push(value === undefined ? name : `${name}:${value}`);
    }
  }
  return format(resolver);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function parse(text: string): Resolver {
  const resolver: Resolver = { servers: [], searches: [], options: [] };
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver') resolver.servers.push(...rest.slice(0, 1));
    else if (word === 'search') resolver.searches = rest;
    else if (word === 'options') resolver.options = rest;
  }
  return resolver;
}

function format({ servers, searches, options }: Resolver): string {
  return [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

/** The /etc/hosts kubelet manages for a pod (kubelet ensureHostsFile). */
export function podHostsFile(
  pod: Pod,
  address: string,
  hostname: string,
  domain: string | undefined,
  host: string,
): string {
  const aliases = (pod.spec.hostAliases ?? []).map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join('\t')}`);
  const extra =
    aliases.length === 0 ? '' : `\n# Entries added by HostAliases.\n${aliases.map((line) => `${line}\n`).join('')}`;
  if (pod.spec.hostNetwork) return `# Kubernetes-managed hosts file (host network).\n${host}${extra}`;
  const own = domain === undefined ? `${address}\t${hostname}` : `${address}\t${hostname}.${domain}\t${hostname}`;
  return `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::\tip6-localnet
fe00::\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${own}
${extra}`;
}

/** A pod's host name: its own, or what it asks for, cut to what Linux takes. */
export function podHostname(pod: Pod): string {
  return (pod.spec.hostname || pod.metadata.name || '').slice(0, 63).replace(/[-.]+$/, '');
}

/** The domain in which a pod with a subdomain has its name. */
export function podDomain(pod: Pod, clusterDomain: string): string | undefined {
  const { subdomain } = pod.spec;
  return subdomain ? `${subdomain}.${pod.metadata.namespace}.svc.${clusterDomain}` : undefined;
}
