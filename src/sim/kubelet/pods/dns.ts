import type { Pod } from '../../api/types/pod.js';
import { podText } from '../context.js';

/** What a node knows about names. */
export interface DnsFacts {
  /** The text of the file `resolvConf` of its configuration; undefined where that is none ("") */
  readonly host: string | undefined;
  /** Its own addresses. */
  readonly addresses: readonly string[];
  readonly clusterDNS: readonly string[];
  readonly clusterDomain: string;
}

interface Resolver {
  servers: string[];
  searches: string[];
  options: string[];
}

/** How many servers and domains a resolver takes, and how long its search line may be. */
const SERVERS_MAX = 3;
const SEARCHES_MAX = 32;
const SEARCH_CHARS_MAX = 2048;
const NAME_CHARS_MAX = 253;

/** What kubelet tells of a pod's names: the reason and the words of a warning. */
export type DnsWarning = readonly [reason: string, message: string];

/**
 * A pod's /etc/resolv.conf (kubelet pkg/kubelet/network/dns). `warn` is told what does not fit, `warnNode` what is wrong
 * with the node. Throws an Error for a file of the node that cannot be read so.
 */
export function podResolvConf(
  pod: Pod,
  facts: DnsFacts,
  warn: (warning: DnsWarning) => void,
  warnNode: (warning: DnsWarning) => void,
): string {
  const { spec, metadata } = pod;
  const host = parseHost(facts.host ?? '');
  const policy = spec.dnsPolicy ?? 'ClusterFirst';
  const wantsCluster = policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && !spec.hostNetwork);
  let resolver: Resolver;
  if (policy === 'None') resolver = { servers: [], searches: [], options: [] };
  else if (wantsCluster && facts.clusterDNS.length > 0) {
    const domain = facts.clusterDomain;
    const own = domain === '' ? [] : [`${metadata.namespace}.svc.${domain}`, `svc.${domain}`, domain];
    resolver = { servers: [...facts.clusterDNS], searches: unique([...own, ...host.searches]), options: ['ndots:5'] };
  } else {
    resolver = facts.host === undefined ? withoutFile(facts.addresses) : host;
    if (wantsCluster) {
      warnNode(['MissingClusterDNS', NO_CLUSTER_DNS]);
      warn(['MissingClusterDNS', `pod: "${podText(pod)}". ${NO_CLUSTER_DNS}`]);
    }
  }
  const { dnsConfig } = spec;
  if (dnsConfig) {
    resolver.servers = unique([...resolver.servers, ...(dnsConfig.nameservers ?? [])]);
    resolver.searches = unique([...resolver.searches, ...(dnsConfig.searches ?? [])]);
    const options = (dnsConfig.options ?? []).map(({ name = '', value }) => (value ? `${name}:${value}` : name));
    resolver.options = withOptions(resolver.options, options);
  }
  return format(withinLimits(resolver, warn));
}

const NO_CLUSTER_DNS =
  'kubelet does not have ClusterDNS IP configured and cannot create Pod using "ClusterFirst" policy. Falling back to "Default" policy.';

/** What pods of the node's own policy have where kubelet is told of no file: the machine's own server, and no domain. */
function withoutFile(addresses: readonly string[]): Resolver {
  const own = addresses.map((address) => (address.includes(':') ? '::1' : '127.0.0.1'));
  return { servers: own.length > 0 ? own : ['127.0.0.1'], searches: ['.'], options: [] };
}

/** Options one after another: a later one replaces that of the same name. Kubelet's own order is any. */
function withOptions(before: readonly string[], more: readonly string[]): string[] {
  const nameOf = (option: string) => option.split(':')[0] as string;
  return [...new Map([...before, ...more].map((option) => [nameOf(option), option])).values()];
}

function parseHost(text: string): Resolver {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`Encountered error while parsing resolv conf file. Error: ${(error as Error).message}`);
  }
}

/** What is wrong with the node's own file, in the words of kubelet's event; undefined when nothing is. */
export function resolvConfProblem(path: string, text: string, clusterDomain: string): string | undefined {
  let searches: readonly string[];
  try {
    searches = parse(text).searches;
  } catch (error) {
    return (error as Error).message;
  }
  const most = SEARCHES_MAX - (clusterDomain === '' ? 0 : 3);
  if (searches.length > most)
    return `Resolv.conf file '${path}' contains search line consisting of more than ${most} domains!`;
  if (searches.some(({ length }) => length > NAME_CHARS_MAX))
    return `Resolv.conf file "${path}" contains a search path which length is more than allowed ${NAME_CHARS_MAX} chars!`;
  return searches.join(' ').length > SEARCH_CHARS_MAX
    ? `Resolv.conf file '${path}' contains search line which length is more than allowed ${SEARCH_CHARS_MAX} chars!`
    : undefined;
}

function withinLimits(resolver: Resolver, warn: (warning: DnsWarning) => void): Resolver {
  const servers = resolver.servers.slice(0, SERVERS_MAX);
  if (servers.length < resolver.servers.length) {
    const line = `the applied nameserver line is: ${servers.join(' ')}`;
    warn(['DNSConfigForming', `Nameserver limits were exceeded, some nameservers have been omitted, ${line}`]);
  }
  const searches = resolver.searches.slice(0, SEARCHES_MAX).filter(({ length }) => length <= NAME_CHARS_MAX);
  while (searches.join(' ').length > SEARCH_CHARS_MAX) searches.pop();
  if (searches.length < resolver.searches.length) {
    const line = `the applied search line is: ${searches.join(' ')}`;
    warn(['DNSConfigForming', `Search Line limits were exceeded, some search paths have been omitted, ${line}`]);
  }
  return { servers, searches, options: resolver.options };
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** Reads a resolv.conf as kubelet does. Throws an Error for a line of a server without one. */
function parse(text: string): Resolver {
  const resolver: Resolver = { servers: [], searches: [], options: [] };
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'nameserver') {
      if (rest[0] === undefined) throw new Error('nameserver list is empty ');
      resolver.servers.push(rest[0]);
      // The root, and the dot that stands for it behind a name, are left out.
    } else if (word === 'search')
      resolver.searches = rest.filter((domain) => domain !== '.').map((domain) => domain.replace(/\.$/, ''));
    else if (word === 'options') resolver.options = withOptions(resolver.options, rest);
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
  addresses: readonly string[],
  hostname: string,
  domain: string | undefined,
  host: string,
): string {
  const aliases = (pod.spec.hostAliases ?? []).map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join('\t')}`);
  const extra =
    aliases.length === 0 ? '' : `\n# Entries added by HostAliases.\n${aliases.map((line) => `${line}\n`).join('')}`;
  if (pod.spec.hostNetwork) return `# Kubernetes-managed hosts file (host network).\n${host}${extra}`;
  const names = domain === undefined ? hostname : `${hostname}.${domain}\t${hostname}`;
  const own = addresses.map((address) => `${address}\t${names}\n`).join('');
  return `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${own}${extra}`;
}

/** A pod's host name: its own, or what it asks for, cut to what Linux takes. */
export function podHostname(pod: Pod): string {
  const { hostnameOverride, hostname } = pod.spec;
  return (hostnameOverride || hostname || pod.metadata.name || '').slice(0, 63).replace(/[-.]+$/, '');
}

/** The domain in which a pod with a subdomain has its name. */
export function podDomain(pod: Pod, clusterDomain: string): string | undefined {
  const { subdomain, hostnameOverride } = pod.spec;
  return subdomain && !hostnameOverride ? `${subdomain}.${pod.metadata.namespace}.svc.${clusterDomain}` : undefined;
}

const FQDN_CHARS_MAX = 64;

/**
 * The name that the kernel knows a pod by: with its domain where it asks for that. Throws an Error in kubelet's words
 * when that is longer than the kernel takes.
 */
export function kernelHostname(pod: Pod, clusterDomain: string): string {
  const hostname = podHostname(pod);
  const domain = podDomain(pod, clusterDomain);
  if (!domain || !pod.spec.setHostnameAsFQDN) return hostname;
  const name = `${hostname}.${domain}`;
  if (name.length <= FQDN_CHARS_MAX) return name;
  throw new Error(
    `failed to construct FQDN from pod hostname and cluster domain, FQDN ${name} is too long (${FQDN_CHARS_MAX} characters is the max, ${name.length} characters requested)`,
  );
}
