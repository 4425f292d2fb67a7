import type { Namespace } from '../api/types/config.js';
import type { Pod } from '../api/types/pod.js';
import type { NetworkPolicy } from '../api/types/policy.js';
import { createClient } from '../client/create-client.js';
import { inClusterConfig } from '../client/in-cluster.js';
import { InformerFactory } from '../client/informer-factory.js';
import { RESOURCES } from '../client/resource-types.js';
import { connectTransport } from '../client/transport.js';
import type { Program } from '../kernel/sys.js';
import { WaitQueue } from '../kernel/wait.js';
import { programmableNode } from './host-namespace.js';
import { PolicyIndex } from './policy/policy-index.js';

const VERSION = 'v3.31.2';

const CNI_CONFIG = '/host/etc/cni/net.d/10-calico.conflist';
const READY_FILE = '/var/run/calico-ready';

/**
 * The network plugin's agent: puts its configuration where the container runtime looks for it, and enforces the
 * cluster's NetworkPolicies for its node's pods. With `-felix-ready` or `-felix-live` it asks the running one.
 */
export const calicoNode: Program = function* calicoNode(sys) {
  if (sys.args.includes('-v')) {
    yield* sys.write(1, `${VERSION}\n`);
    return 0;
  }
  if (sys.args.includes('-felix-ready') || sys.args.includes('-felix-live')) {
    try {
      sys.stat(READY_FILE);
      return 0;
    } catch {
      yield* sys.write(1, 'calico/node is not ready: felix is not ready: readiness probe reporting 503\n');
      return 1;
    }
  }
  const node = programmableNode(sys);
  if (!node) {
    yield* sys.write(2, 'calico-node must run in the network of its host\n');
    return 1;
  }
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), { userAgent: 'calico-node/v3.31' });
  const informers = new InformerFactory(sys, client);
  const policies = new PolicyIndex({
    pods: informers.informer<Pod>(RESOURCES.pods),
    namespaces: informers.informer<Namespace>(RESOURCES.namespaces),
    policies: informers.informer<NetworkPolicy>(RESOURCES.networkPolicies),
  });
  informers.start();
  yield* informers.waitForCaches();
  node.policies = policies;
  sys.writeFile(
    CNI_CONFIG,
    `${JSON.stringify(cniConfig(sys.environment.get('FELIX_IPV6SUPPORT') === 'true'), undefined, 2)}\n`,
    0o644,
  );
  sys.writeFile(READY_FILE, '');
  yield* sys.write(1, 'Calico node started successfully\n');
  yield new WaitQueue();
  return 0;
};

/** `both`: pods get an address of each family, from the node's ranges. */
function cniConfig(both: boolean): unknown {
  const ranges = [[{ subnet: 'usePodCidr' }], [{ subnet: 'usePodCidrIPv6' }]];
  return {
    name: 'k8s-pod-network',
    cniVersion: '1.0.0',
    plugins: [
      {
        type: 'calico',
        log_level: 'info',
        datastore_type: 'kubernetes',
        mtu: 0,
        ipam: both ? { type: 'host-local', ranges } : { type: 'host-local', subnet: 'usePodCidr' },
        policy: { type: 'k8s' },
        kubernetes: { kubeconfig: '/etc/cni/net.d/calico-kubeconfig' },
      },
      { type: 'portmap', snat: true, capabilities: { portMappings: true } },
      { type: 'bandwidth', capabilities: { bandwidth: true } },
    ],
  };
}
