import type { HostPlan } from './plan.js';

const GIBIBYTE = 1_048_576;

/** The machines that worlds are made of, by their base names. */
const MACHINES: Readonly<Record<string, Omit<HostPlan, 'name' | 'base'>>> = {
  base: { role: 'base', address: '172.30.1.10', cpus: 2, memoryKibibytes: 2 * GIBIBYTE },
  controlplane: { role: 'control-plane', address: '172.30.1.2', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
  node01: { role: 'worker', address: '172.30.1.3', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
  node02: { role: 'worker', address: '172.30.1.4', cpus: 2, memoryKibibytes: 4 * GIBIBYTE },
};

/** The machines of a world, under the names it gives them. */
export function namedHosts(
  bases: readonly string[],
  names: Readonly<Record<string, string>>,
  families?: 'both',
): HostPlan[] {
  return bases.map((base) => {
    const machine = MACHINES[base];
    if (!machine) throw new Error(`there is no machine ${base}`);
    // The second family's addresses end as the first one's do.
    const six = families === 'both' ? { address6: `fd00:172:30:1::${machine.address.split('.')[3]}` } : {};
    return { ...machine, ...six, base, name: names[base] ?? base };
  });
}
