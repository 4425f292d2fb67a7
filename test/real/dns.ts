import { addOnObjects } from '../../src/sim/worlds/kubeadm/add-ons.js';
import { SETTINGS } from '../../src/sim/worlds/kubeadm/settings.js';
import { kubectl } from './kubectl.js';
import { NODES } from './node-files.js';

/** Starts the cluster's DNS as kubeadm does, and waits for it. */
export async function startDns(kubeconfig: string): Promise<void> {
  const [{ name, address }] = NODES as [(typeof NODES)[number]];
  const items = addOnObjects(SETTINGS, { name, address }).filter(({ metadata, kind }) =>
    /coredns|kube-dns/.test(`${kind} ${metadata.name}`),
  );
  await kubectl(kubeconfig, ['create', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  await kubectl(kubeconfig, ['-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=120s']);
}
