import { join } from 'node:path';
import { contextSource } from '../../src/clusters/context/context-source.js';
import type { Capability } from '../../src/clusters/port.js';
import type { RealCluster, RealSource } from '../../src/clusters/real/real-cluster.js';
import { realClients } from '../clients/real-kubectl.js';
import type { TestCluster } from './cluster.js';
import { CONTEXT } from './cluster.js';

/**
 * The real cluster as `--cluster context=` takes it. What is typed is typed at the simulated workstation, as if a person had
 * chosen that for a terminal. Each `person` has one attempt at a time.
 */
export function sourceOf({ kubeconfig, folder }: Pick<TestCluster, 'kubeconfig' | 'folder'>, person = 1): RealSource {
  const { kubectl } = realClients();
  const environment = { ...process.env, KUBECONFIG: kubeconfig, KUBEDRILL_KUBECTL: kubectl, HOME: folder };
  const source = contextSource(CONTEXT, { environment, home: join(folder, `home-${person}`), thread: 'same' });
  const wider = (capabilities: ReadonlySet<Capability>): ReadonlySet<Capability> =>
    new Set<Capability>([...capabilities, 'workstation']);
  return {
    name: source.name,
    capabilities: async (wanted) => wider(await source.capabilities(wanted)),
    async open(wanted, how): Promise<RealCluster> {
      const cluster = await source.open(wanted, how);
      return Object.assign(cluster, { capabilities: wider(cluster.capabilities) });
    },
  };
}
