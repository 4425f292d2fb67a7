import type { PacketRules } from '../../kernel/network.js';
import type { ServiceTable } from '../services/service-table.js';
import { iptablesOf } from './iptables.js';
import { nftablesOf } from './nftables.js';
import { virtualServersOf } from './virtual-servers.js';

/** The rules of a table as each tool shows them; worked out when somebody looks. */
export function shownRules(table: ServiceTable): PacketRules {
  return {
    tables: (family) => (table.options.mode === 'nftables' ? [] : iptablesOf(table, family)),
    nftables: () => nftablesOf(table),
    virtualServers: () => virtualServersOf(table),
  };
}
