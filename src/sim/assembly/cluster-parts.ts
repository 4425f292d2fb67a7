import type { ClusterPki } from '../client/pki/kubeadm-pki.js';
import type { Host } from '../hosts/host.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import type { Kernel } from '../kernel/kernel.js';
import type { Fabric } from '../network/fabric.js';
import type { RequestRoute } from '../outside/requests.js';
import type { WorldPlan } from '../worlds/plan.js';
import type { Arrival } from './arrival.js';
import type { QuietWatch } from './quiet.js';

/** A cluster put together: what its owner works with. */
export interface ClusterParts {
  readonly kernel: Kernel;
  readonly plan: WorldPlan;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly pki: ClusterPki;
  readonly fabric: Fabric;
  /** A host that is no part of the cluster, from which requests from outside come. */
  readonly outside: HostKernel;
  readonly quiet: QuietWatch;
  readonly arrival: Arrival;
  /** How an administrator reaches the API server from outside. */
  administrator(): RequestRoute;
}
