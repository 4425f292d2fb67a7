import type { Sys } from '../kernel/sys.js';
import { SimNamespace } from './namespace.js';
import type { NetworkNode } from './node.js';

/**
 * The node whose kernel a daemon with the host's network may program (iptables, routes). Undefined for a process that
 * has a network of its own.
 */
export function programmableNode(sys: Sys): NetworkNode | undefined {
  const network = sys.network();
  return network instanceof SimNamespace && network.pod === undefined ? network.node : undefined;
}
