import type { Echo } from '../../kernel/network.js';
import { isIpv6 } from '../addresses.js';
import type { SimNamespace } from '../namespace.js';
import { echoPasses, isNeighbour } from '../path.js';
import { gatewayOf } from './routes.js';

/** Where an echo request gets: services' addresses are only rules for ports, so nobody answers for them, but in ipvs mode. */
export function echoTo(from: SimNamespace, address: string): Echo {
  const { fabric, node } = from;
  if (address.startsWith('127.') || address === '::1' || from.addresses().includes(address)) {
    return { outcome: 'answered', hops: [address] };
  }
  const speaks = from.addresses().some((own) => isIpv6(own) === isIpv6(address));
  if (!node.up || !speaks) return { outcome: 'no-network', hops: [] };
  const gateway = from.pod === undefined ? [] : [gatewayOf(from, isIpv6(address) ? 6 : 4)];
  if (node.services?.answersFor(address)) return { outcome: 'answered', hops: [...gateway, address] };
  const owner = fabric.find(address);
  if (!owner) {
    const near = isNeighbour(from, address);
    return { outcome: near ? 'no-host' : 'lost', hops: gateway };
  }
  if (!owner.node.up)
    return { outcome: owner.pod === undefined && from.pod === undefined ? 'no-host' : 'lost', hops: gateway };
  // Between hosts a pod's packets go through the other host as well.
  const across = owner.pod !== undefined && owner.node !== node ? [owner.node.namespace.ownAddress(address)] : [];
  const hops = [...gateway, ...across];
  if (!echoPasses(from, owner, address)) return { outcome: 'lost', hops };
  return { outcome: 'answered', hops: [...hops, address] };
}
