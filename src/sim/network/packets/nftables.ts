import type { PortRule } from '../services/port-rule.js';
import type { ServiceTable } from '../services/service-table.js';
import { chainHash } from './names.js';
import { hostPort } from './rule-words.js';

/** What kube-proxy in nftables mode keeps: one table for each family, its maps by address and port (proxier of v1.36). */
export function nftablesOf(table: ServiceTable): string {
  if (table.options.mode !== 'nftables') return '';
  return (['IPv4', 'IPv6'] as const)
    .map((family) =>
      familyTable(
        table,
        family === 'IPv4' ? 'ip' : 'ip6',
        table.rules().filter((rule) => rule.family === family),
      ),
    )
    .join('');
}

/** `service-ULMVA6XW-ns1/svc1/tcp/p80`: a hash of what follows it. */
function chainName(prefix: string, rule: PortRule, rest = ''): string {
  const [key = '', port = ''] = rule.name.split(':');
  const tail = `${key}/${rule.protocol}/${port}${rest}`;
  return `${prefix}-${chainHash(tail).slice(0, 8)}-${tail}`;
}

function familyTable(table: ServiceTable, family: 'ip' | 'ip6', rules: readonly PortRule[]): string {
  const reachable = rules.filter(({ hasEndpoints }) => hasEndpoints);
  const goto = (rule: PortRule) =>
    rule.internalLocal && rule.local.length === 0
      ? 'drop'
      : `goto ${chainName(rule.internalLocal ? 'local' : 'service', rule)}`;
  const byAddress = reachable.flatMap((rule) => [
    `${rule.clusterAddress} . ${rule.protocol} . ${rule.port} : ${goto(rule)}`,
    ...[...rule.externalAddresses, ...rule.balancerAddresses].map(
      (address) => `${address} . ${rule.protocol} . ${rule.port} : goto ${chainName('external', rule)}`,
    ),
  ]);
  const byNodePort = reachable.flatMap((rule) =>
    rule.nodePort ? [`${rule.protocol} . ${rule.nodePort} : goto ${chainName('external', rule)}`] : [],
  );
  const none = rules
    .filter(({ hasEndpoints }) => !hasEndpoints)
    .map(
      (rule) => `${rule.clusterAddress} . ${rule.protocol} . ${rule.port} comment "${rule.name}" : goto reject-chain`,
    );
  const addresses = table.options.addresses.filter((address) => address.includes(':') === (family === 'ip6'));
  const type = family === 'ip' ? 'ipv4_addr' : 'ipv6_addr';
  const parts = [
    set('cluster-ips', type, 'Active ClusterIPs', [...new Set(rules.map(({ clusterAddress }) => clusterAddress))]),
    set('nodeport-ips', type, 'IPs that accept NodePort traffic', addresses),
    map(
      'no-endpoint-services',
      `${type} . inet_proto . inet_service`,
      'vmap to drop or reject packets to services with no endpoints',
      none,
    ),
    map(
      'service-ips',
      `${type} . inet_proto . inet_service`,
      'ClusterIP, ExternalIP and LoadBalancer IP traffic',
      byAddress,
    ),
    map('service-nodeports', 'inet_proto . inet_service', 'NodePort traffic', byNodePort),
    ...reachable.flatMap((rule) => chains(table, rule, family)),
    chain('reject-chain', ['reject']),
    chain('services', [
      `${family} daddr . meta l4proto . th dport vmap @service-ips`,
      `${family} daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports`,
    ]),
    chain('mark-for-masquerade', ['meta mark set meta mark | 0x00004000']),
    chain('masquerading', [
      'meta mark & 0x00004000 == 0x00000000 return',
      'meta mark set meta mark ^ 0x00004000',
      'masquerade fully-random',
    ]),
    chain('nat-prerouting', ['type nat hook prerouting priority dstnat; policy accept;', 'jump services']),
    chain('nat-output', ['type nat hook output priority dstnat; policy accept;', 'jump services']),
    chain('nat-postrouting', ['type nat hook postrouting priority srcnat; policy accept;', 'jump masquerading']),
  ];
  return `table ${family} kube-proxy {\n\tcomment "rules for kube-proxy"\n\n${parts.join('\n')}}\n`;
}

function chains(table: ServiceTable, rule: PortRule, family: 'ip' | 'ip6'): string[] {
  const [range] = table.options.clusterRanges.filter(({ range }) => (range.family === 6) === (family === 'ip6'));
  const endpoint = ({ address, port }: { address: string; port: number }) =>
    chainName('endpoint', rule, `__${address}/${port}`);
  const pick = (list: PortRule['cluster']) =>
    `numgen random mod ${list.length} vmap { ${list.map((backend, at) => `${at} : goto ${endpoint(backend)}`).join(', ')} }`;
  const strange = range ? `${family} saddr != ${range.text} ` : '';
  const masquerade =
    strange === ''
      ? []
      : [
          `${family} daddr ${rule.clusterAddress} ${rule.protocol} dport ${rule.port} ${strange}jump mark-for-masquerade`,
        ];
  const found: string[] = [];
  if (rule.cluster.length > 0) found.push(chain(chainName('service', rule), [...masquerade, pick(rule.cluster)]));
  if (rule.local.length > 0) found.push(chain(chainName('local', rule), [pick(rule.local)]));
  if (rule.nodePort || rule.externalAddresses.length + rule.balancerAddresses.length > 0) {
    const own = rule.externalLocal ? chainName('local', rule) : chainName('service', rule);
    found.push(
      chain(chainName('external', rule), [...(rule.externalLocal ? [] : ['jump mark-for-masquerade']), `goto ${own}`]),
    );
  }
  const all = new Map([...rule.cluster, ...rule.local].map((backend) => [hostPort(backend), backend]));
  for (const backend of all.values()) {
    found.push(
      chain(endpoint(backend), [
        `${family} saddr ${backend.address} jump mark-for-masquerade`,
        `meta l4proto ${rule.protocol} dnat to ${hostPort(backend)}`,
      ]),
    );
  }
  return found;
}

function chain(name: string, rules: readonly string[]): string {
  return `\tchain ${name} {\n${rules.map((rule) => `\t\t${rule}\n`).join('')}\t}\n`;
}

function set(name: string, type: string, says: string, elements: readonly string[]): string {
  return `\tset ${name} {\n\t\ttype ${type}\n\t\tcomment "${says}"\n${elementLines(elements)}\t}\n`;
}

function map(name: string, type: string, says: string, elements: readonly string[]): string {
  return `\tmap ${name} {\n\t\ttype ${type} : verdict\n\t\tcomment "${says}"\n${elementLines(elements)}\t}\n`;
}

function elementLines(elements: readonly string[]): string {
  return elements.length === 0 ? '' : `\t\telements = { ${elements.join(',\n\t\t\t     ')} }\n`;
}
