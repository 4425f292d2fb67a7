import { WorldError } from './index.js';
import { calicoObjects } from './kubeadm/add-ons.js';
import { flannelObjects } from './kubeadm/flannel.js';
import type { WorldPlan } from './plan.js';
import type { NetworkPlugin } from './spec.js';

const OBJECTS = { calico: calicoObjects, flannel: flannelObjects, none: () => [] } as const;

/** A world's plan with the network plugin it is asked to have. Throws `WorldError` for a name that is none. */
export function withNetwork(plan: WorldPlan, plugin: NetworkPlugin = 'calico'): WorldPlan {
  if (!Object.hasOwn(OBJECTS, plugin))
    throw new WorldError(`there is no network plugin ${plugin}; there are ${Object.keys(OBJECTS).join(', ')}`);
  if (plan.controlPlaneNode === 'none') return plan;
  return { ...plan, networkPlugin: plugin, objects: [...plan.objects, ...OBJECTS[plugin](plan.settings)] };
}
