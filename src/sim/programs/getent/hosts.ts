import { askServer, hostsLines, resolveHost, resolverConfig } from '../../client/resolver.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { reverseName, withoutDot } from '../nslookup/records.js';

/** A host as the C library hands it to programs (struct hostent). */
export interface HostEntry {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly addresses: readonly string[];
}

/** A host by its name: its IPv6 addresses, or where it has none those of IPv4 (gethostbyname2(3), twice). */
export function* hostByName(sys: Sys, name: string): Waiting<HostEntry | undefined> {
  for (const family of [6, 4] as const) {
    const found = yield* resolveHost(sys, name, [family]);
    if ('failure' in found) continue;
    const line = hostsLines(sys).find(({ names }) => names.includes(name));
    return { name: found.name, aliases: line?.names.slice(1) ?? [], addresses: found.addresses };
  }
  return undefined;
}

/** A host by its address, from /etc/hosts or DNS; undefined too for what is no address (gethostbyaddr(3)). */
export function* hostByAddress(sys: Sys, address: string): Waiting<HostEntry | undefined> {
  const reverse = reverseName(address);
  if (reverse === undefined) return undefined;
  const line = hostsLines(sys).find((one) => one.address === address);
  const [own] = line?.names ?? [];
  if (line && own !== undefined) return { name: own, aliases: line.names.slice(1), addresses: [address] };
  const { servers, timeout, attempts } = resolverConfig(sys);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    for (const server of servers) {
      const answer = yield* askServer(sys, server, 53, { name: `${reverse}.`, type: 'PTR' }, timeout);
      if (typeof answer === 'string') continue;
      const found = answer.records.find(({ type }) => type === 'PTR');
      return found && { name: withoutDot(found.data), aliases: [], addresses: [address] };
    }
  }
  return undefined;
}
