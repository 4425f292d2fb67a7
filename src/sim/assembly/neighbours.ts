import { decodeText } from '../kernel/bytes.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import { readHostFile } from '../outside/files.js';
import { type LineEvents, Lines } from '../outside/lines.js';
import type { ClusterParts } from './cluster-parts.js';

const HOSTS = '/etc/hosts';
const KEY = '/home/candidate/.ssh/id_ed25519.pub';
/** So many hosts of others a machine has addresses for. */
const NEIGHBOURS_MAX = 250;

/**
 * Makes hosts of other machines known to the base, as an exam's base knows the hosts of all tasks, and to nobody else. By
 * ssh they can be called; who is called, and what is said, goes outside. Undefined for a world without a base.
 */
export function connectNeighbours(
  { plan, hosts, fabric, outside }: ClusterParts,
  neighbours: readonly string[],
  events: LineEvents,
): Lines | undefined {
  const base = hosts.get(plan.hosts.find(({ role }) => role === 'base')?.name ?? '');
  if (!base) return undefined;
  const names = new Map(
    neighbours.slice(0, NEIGHBOURS_MAX).map((name, index): [string, string] => [`172.30.3.${index + 1}`, name]),
  );
  const { namespace } = fabric.addNode('neighbours', [...names.keys()]);
  const known = decodeText(readHostFile(base.files, HOSTS)?.content ?? new Uint8Array());
  base.files.put(HOSTS, known + [...names].map(([address, name]) => `${address} ${name}\n`).join(''));
  return new Lines({
    listener: namespace.listen({ port: 22, application: 'ssh' }),
    names,
    outside,
    base: base.kernel as HostKernel,
    key: decodeText(readHostFile(base.files, KEY)?.content ?? new Uint8Array()).trim(),
    events,
  });
}
