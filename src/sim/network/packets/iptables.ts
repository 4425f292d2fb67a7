import type { FilterChain, FilterTable } from '../../kernel/network.js';
import { isIpv6 } from '../addresses.js';
import type { Backend } from '../node.js';
import { isAccessible, type PortRule } from '../services/port-rule.js';
import type { ServiceTable, TableOptions } from '../services/service-table.js';
import { chainNames, comment, hostPort, probability, single } from './rule-words.js';

const MARK = '0x4000/0x4000';
const PORTALS = 'kubernetes service portals';
const LAST = '"kubernetes service nodeports; NOTE: this must be the last rule in this chain"';

/** Rules by chain, in the order they were made. */
class Chains {
  private readonly byName = new Map<string, string[]>();

  make(...names: readonly string[]): void {
    for (const name of names) if (!this.byName.has(name)) this.byName.set(name, []);
  }

  add(name: string, ...words: readonly string[]): void {
    this.make(name);
    this.byName.get(name)?.push(words.filter((word) => word !== '').join(' '));
  }

  list(builtIn: readonly string[]): FilterChain[] {
    const own = builtIn.map((name) => ({ name, policy: 'ACCEPT', rules: this.byName.get(name) ?? [] }));
    const others = [...this.byName].filter(([name]) => !builtIn.includes(name));
    others.sort(([one], [other]) => (one < other ? -1 : 1));
    return [...own, ...others.map(([name, rules]) => ({ name, rules }))];
  }
}

/** What kube-proxy in iptables mode keeps in the filter and nat tables (proxier.go syncProxyRules), as iptables-save says it. */
export function iptablesOf(table: ServiceTable, family: 4 | 6): FilterTable[] {
  const filter = new Chains();
  const nat = new Chains();
  filter.make('KUBE-EXTERNAL-SERVICES', 'KUBE-NODEPORTS', 'KUBE-PROXY-CANARY', 'KUBE-PROXY-FIREWALL', 'KUBE-SERVICES');
  nat.make('KUBE-NODEPORTS', 'KUBE-PROXY-CANARY', 'KUBE-SERVICES');
  if (table.options.mode === 'iptables') {
    jumps(filter, nat);
    for (const rule of table.rules()) {
      if ((rule.family === 'IPv6') !== (family === 6)) continue;
      capture(filter, nat, rule);
      if (rule.hasEndpoints) chainsOf(nat, rule, table.options);
    }
    nodePorts(nat, table.options, family);
  }
  common(filter, nat, family);
  return [
    { name: 'filter', chains: filter.list(['INPUT', 'FORWARD', 'OUTPUT']) },
    { name: 'nat', chains: nat.list(['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING']) },
  ];
}

/** From the kernel's own chains into kube-proxy's. */
function jumps(filter: Chains, nat: Chains): void {
  const fresh = '-m conntrack --ctstate NEW';
  const firewall = 'kubernetes load balancer firewall';
  const external = 'kubernetes externally-visible service portals';
  filter.add('INPUT', fresh, comment(firewall), '-j KUBE-PROXY-FIREWALL');
  filter.add('INPUT', comment('kubernetes health check service ports'), '-j KUBE-NODEPORTS');
  filter.add('INPUT', fresh, comment(external), '-j KUBE-EXTERNAL-SERVICES');
  filter.add('INPUT', '-j KUBE-FIREWALL');
  filter.add('FORWARD', fresh, comment(firewall), '-j KUBE-PROXY-FIREWALL');
  filter.add('FORWARD', comment('kubernetes forwarding rules'), '-j KUBE-FORWARD');
  filter.add('FORWARD', fresh, comment(PORTALS), '-j KUBE-SERVICES');
  filter.add('FORWARD', fresh, comment(external), '-j KUBE-EXTERNAL-SERVICES');
  filter.add('OUTPUT', fresh, comment(firewall), '-j KUBE-PROXY-FIREWALL');
  filter.add('OUTPUT', fresh, comment(PORTALS), '-j KUBE-SERVICES');
  filter.add('OUTPUT', '-j KUBE-FIREWALL');
  nat.add('PREROUTING', comment(PORTALS), '-j KUBE-SERVICES');
  nat.add('OUTPUT', comment(PORTALS), '-j KUBE-SERVICES');
  nat.add('POSTROUTING', comment('kubernetes postrouting rules'), '-j KUBE-POSTROUTING');
}

/** How packets to a port's addresses are told from others. */
function capture(filter: Chains, nat: Chains, rule: PortRule): void {
  const { name, protocol, port, hasEndpoints } = rule;
  const names = chainNames(rule);
  const to = (address: string, number: number, says: string) =>
    [
      address === '' ? '' : `-d ${single(address)}`,
      `-p ${protocol}`,
      says,
      `-m ${protocol} --dport ${number}`,
    ] as const;
  const refusal = (local: boolean): string => {
    if (hasEndpoints) return local ? '-j DROP' : '';
    return `-j REJECT --reject-with ${rule.family === 'IPv6' ? 'icmp6' : 'icmp'}-port-unreachable`;
  };
  const why = comment(hasEndpoints ? `${name} has no local endpoints` : `${name} has no endpoints`);
  const internal = hasEndpoints && (!rule.internalLocal || rule.local.length > 0);
  const external = hasEndpoints && (!rule.externalLocal || rule.local.length > 0);
  const own = rule.internalLocal ? names.local : names.cluster;
  if (internal) nat.add('KUBE-SERVICES', ...to(rule.clusterAddress, port, comment(`${name} cluster IP`)), `-j ${own}`);
  else filter.add('KUBE-SERVICES', ...to(rule.clusterAddress, port, why), refusal(true));
  const outside = (address: string, says: string, chain: string): void => {
    if (hasEndpoints) nat.add('KUBE-SERVICES', ...to(address, port, comment(`${name} ${says}`)), `-j ${chain}`);
    if (!external) filter.add('KUBE-EXTERNAL-SERVICES', ...to(address, port, why), refusal(true));
  };
  for (const address of rule.externalAddresses) outside(address, 'external IP', names.external);
  const walled = hasEndpoints && rule.sourceRanges.length > 0;
  for (const address of rule.balancerAddresses) {
    outside(address, 'loadbalancer IP', walled ? names.firewall : names.external);
    const denied = comment(`${name} traffic not accepted by ${names.firewall}`);
    if (walled) filter.add('KUBE-PROXY-FIREWALL', ...to(address, port, denied), '-j DROP');
  }
  if (rule.nodePort) {
    if (hasEndpoints) nat.add('KUBE-NODEPORTS', ...to('', rule.nodePort, comment(name)), `-j ${names.external}`);
    const local = '-m addrtype --dst-type LOCAL';
    const dport = `-m ${protocol} --dport ${rule.nodePort}`;
    if (!external) filter.add('KUBE-EXTERNAL-SERVICES', `-p ${protocol}`, why, local, dport, refusal(true));
  }
  if (rule.healthPort) {
    const says = comment(`${name} health check node port`);
    filter.add('KUBE-NODEPORTS', '-p tcp', says, `-m tcp --dport ${rule.healthPort} -j ACCEPT`);
  }
}

/** The chains that choose an endpoint, and those of the endpoints. */
function chainsOf(nat: Chains, rule: PortRule, options: TableOptions): void {
  const names = chainNames(rule);
  const [range] = options.clusterRanges.filter(({ range }) => (range.family === 6) === (rule.family === 'IPv6'));
  const internal = rule.internalLocal ? names.local : names.cluster;
  const says = comment(`${rule.name} cluster IP`);
  const dport = `-m ${rule.protocol} --dport ${rule.port}`;
  const own = [`-d ${single(rule.clusterAddress)}`, `-p ${rule.protocol}`, says, dport, '-j KUBE-MARK-MASQ'];
  if (!rule.internalLocal || rule.local.length > 0) {
    if (options.masqueradeAll) nat.add(internal, ...own);
    else if (range) nat.add(internal, `! -s ${range.text}`, ...own);
  }
  if (isAccessible(rule)) externalChain(nat, rule, range?.text);
  if (rule.balancerAddresses.length > 0 && rule.sourceRanges.length > 0) firewallChain(nat, rule);
  if (rule.usesCluster && rule.cluster.length > 0) choice(nat, rule, names.cluster, rule.cluster);
  if (rule.usesLocal && rule.local.length > 0) choice(nat, rule, names.local, rule.local);
  const reachable = new Map([...rule.cluster, ...rule.local].map((backend) => [hostPort(backend), backend]));
  for (const backend of reachable.values()) endpointChain(nat, rule, backend);
}

function externalChain(nat: Chains, rule: PortRule, range: string | undefined): void {
  const { external, cluster, local } = chainNames(rule);
  const whither = `for ${rule.name} external destinations`;
  if (!rule.externalLocal) {
    nat.add(external, comment(`masquerade traffic ${whither}`), '-j KUBE-MARK-MASQ');
    nat.add(external, `-j ${cluster}`);
    return;
  }
  if (range) nat.add(external, `-s ${range}`, comment(`pod traffic ${whither}`), `-j ${cluster}`);
  const own = '-m addrtype --src-type LOCAL';
  nat.add(external, comment(`masquerade LOCAL traffic ${whither}`), own, '-j KUBE-MARK-MASQ');
  nat.add(external, comment(`route LOCAL traffic ${whither}`), own, `-j ${cluster}`);
  if (rule.local.length > 0) nat.add(external, `-j ${local}`);
}

function firewallChain(nat: Chains, rule: PortRule): void {
  const { external, firewall } = chainNames(rule);
  for (const { text } of rule.sourceRanges) {
    nat.add(firewall, `-s ${text}`, comment(`${rule.name} loadbalancer IP`), `-j ${external}`);
  }
  nat.add(firewall, comment(`other traffic to ${rule.name} will be dropped by KUBE-PROXY-FIREWALL`));
}

function choice(nat: Chains, rule: PortRule, chain: string, backends: readonly Backend[]): void {
  const { endpoint } = chainNames(rule);
  const says = (backend: Backend) => comment(`${rule.name} -> ${hostPort(backend)}`);
  for (const backend of rule.affinitySeconds === undefined ? [] : backends) {
    const kept = `-m recent --rcheck --seconds ${rule.affinitySeconds} --reap --name ${endpoint(backend)}`;
    const mask = rule.family === 'IPv6' ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
    nat.add(chain, says(backend), `${kept} --mask ${mask} --rsource`, `-j ${endpoint(backend)}`);
  }
  backends.forEach((backend, index) => {
    const left = backends.length - index;
    const share = left > 1 ? `-m statistic --mode random --probability ${probability(1 / left)}` : '';
    nat.add(chain, says(backend), share, `-j ${endpoint(backend)}`);
  });
}

function endpointChain(nat: Chains, rule: PortRule, backend: Backend): void {
  const chain = chainNames(rule).endpoint(backend);
  const mask = rule.family === 'IPv6' ? 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' : '255.255.255.255';
  const kept = rule.affinitySeconds === undefined ? '' : `-m recent --set --name ${chain} --mask ${mask} --rsource`;
  nat.add(chain, `-s ${single(backend.address)}`, comment(rule.name), '-j KUBE-MARK-MASQ');
  const target = `-j DNAT --to-destination ${hostPort(backend)}`;
  nat.add(chain, `-p ${rule.protocol}`, comment(rule.name), kept, `-m ${rule.protocol}`, target);
}

function nodePorts(nat: Chains, options: TableOptions, family: 4 | 6): void {
  const says = `-m comment --comment ${LAST}`;
  if (options.nodePortRanges.length === 0) {
    const loopback = family === 6 ? '! -d ::1/128' : options.localhostNodePorts ? '' : '! -d 127.0.0.0/8';
    nat.add('KUBE-SERVICES', loopback, says, '-m addrtype --dst-type LOCAL', '-j KUBE-NODEPORTS');
    return;
  }
  const own = options.addresses.filter((address) => isIpv6(address) === (family === 6));
  for (const address of own) nat.add('KUBE-SERVICES', `-d ${single(address)}`, says, '-j KUBE-NODEPORTS');
}

/** Rules that are there whatever services there are; kubelet makes some of them too. */
function common(filter: Chains, nat: Chains, family: 4 | 6): void {
  filter.make('KUBE-FIREWALL', 'KUBE-KUBELET-CANARY');
  if (family === 4) {
    const localnet = '! -s 127.0.0.0/8 -d 127.0.0.0/8';
    const state = '-m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP';
    filter.add('KUBE-FIREWALL', localnet, comment('block incoming localnet connections'), state);
  }
  filter.add('KUBE-FORWARD', '-m conntrack --ctstate INVALID -j DROP');
  filter.add('KUBE-FORWARD', comment('kubernetes forwarding rules'), `-m mark --mark ${MARK} -j ACCEPT`);
  const established = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  filter.add('KUBE-FORWARD', comment('kubernetes forwarding conntrack rule'), established);
  nat.make('KUBE-KUBELET-CANARY');
  nat.add('KUBE-MARK-MASQ', '-j MARK --set-xmark 0x4000/0x4000');
  nat.add('KUBE-POSTROUTING', `-m mark ! --mark ${MARK} -j RETURN`);
  nat.add('KUBE-POSTROUTING', '-j MARK --set-xmark 0x4000/0x0');
  const snat = comment('kubernetes service traffic requiring SNAT');
  nat.add('KUBE-POSTROUTING', snat, '-j MASQUERADE --random-fully');
}
