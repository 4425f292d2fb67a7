import type { FilterTable, PacketRules } from '../../kernel/network.js';
import type { NetworkNode } from '../node.js';
import { chainHash } from '../packets/names.js';
import { hostPort } from '../packets/rule-words.js';

/** All that a host's kernel was told about packets: by kube-proxy, and for containers' ports by the portmap plugin. */
export function packetRulesOf(node: NetworkNode): PacketRules | undefined {
  const shown = node.services?.shown;
  const open = node.openHostPorts();
  if (!shown || open.length === 0) return shown;
  return {
    tables: (family) => (family === 6 ? shown.tables(6) : shown.tables(4).map((table) => withHostPorts(table, node))),
    nftables: shown.nftables,
    virtualServers: shown.virtualServers,
  };
}

function withHostPorts(table: FilterTable, node: NetworkNode): FilterTable {
  if (table.name !== 'nat') return table;
  const open = node.openHostPorts();
  const says = '-m comment --comment';
  const jump = '-m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT';
  const own = open.map((one) => ({
    one,
    chain: `CNI-DN-${chainHash(`${one.backend.address}${one.hostPort}${one.protocol}`).toLowerCase()}00000`,
  }));
  const chains = table.chains.map((chain) =>
    chain.name === 'PREROUTING' || chain.name === 'OUTPUT' ? { ...chain, rules: [...chain.rules, jump] } : chain,
  );
  const added = [
    {
      name: 'CNI-HOSTPORT-DNAT',
      rules: own.map(
        ({ one, chain }) =>
          `-p ${one.protocol} ${says} "dnat name: \\"k8s-pod-network\\"" -m multiport --dports ${one.hostPort} -j ${chain}`,
      ),
    },
    ...own.map(({ one, chain }) => ({
      name: chain,
      rules: [
        `-p ${one.protocol} -m ${one.protocol} --dport ${one.hostPort} -j DNAT --to-destination ${hostPort(one.backend)}`,
      ],
    })),
  ];
  const [builtIn, others] = [chains.filter(({ policy }) => policy), chains.filter(({ policy }) => !policy)];
  return { ...table, chains: [...builtIn, ...[...added, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))] };
}
