import { type Check, containersOf, distinct, type JudgePod, namedContainers, plural } from '../violation.js';

const judge: JudgePod = (spec) => {
  const used: string[] = [];
  const bad: string[] = [];
  for (const { name, ports } of containersOf(spec)) {
    const own = (ports ?? []).flatMap(({ hostPort }) => (hostPort ? [String(hostPort)] : []));
    used.push(...own);
    if (own.length > 0) bad.push(name);
  }
  if (bad.length === 0) return undefined;
  const all = distinct(used);
  const ports = `${plural('hostPort', 'hostPorts', all.length)} ${all.join(', ')}`;
  return { reason: 'hostPort', detail: `${namedContainers(bad)} ${plural('uses', 'use', bad.length)} ${ports}` };
};

/** No ports of the host. */
export const HOST_PORTS: Check = { id: 'hostPorts', level: 'baseline', versions: [{ since: 0, judge }] };
