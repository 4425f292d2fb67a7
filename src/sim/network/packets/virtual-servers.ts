import type { VirtualServer } from '../../kernel/network.js';
import { isIpv6 } from '../addresses.js';
import type { ServiceTable } from '../services/service-table.js';

/** What kube-proxy in ipvs mode tells the kernel's balancer: each address and node port with its endpoints. */
export function virtualServersOf(table: ServiceTable): VirtualServer[] {
  const { mode, scheduler, addresses } = table.options;
  if (mode !== 'ipvs') return [];
  return table.rules().flatMap((rule) => {
    const server = (address: string, port: number, local: boolean): VirtualServer => ({
      protocol: rule.protocol,
      address,
      port,
      scheduler,
      persistentSeconds: rule.affinitySeconds,
      servers: local ? rule.local : rule.cluster,
    });
    const open = addresses.filter(
      (address) => isIpv6(address) === (rule.family === 'IPv6') && table.takesNodePorts(address),
    );
    return [
      server(rule.clusterAddress, rule.port, rule.internalLocal),
      ...[...rule.externalAddresses, ...rule.balancerAddresses].map((address) =>
        server(address, rule.port, rule.externalLocal),
      ),
      ...(rule.nodePort ? open.map((address) => server(address, rule.nodePort as number, rule.externalLocal)) : []),
    ];
  });
}
