import { quantityOf } from '../quantity.js';
import type { Service } from '../types/service.js';
import type { QuotaEvaluator } from './evaluator.js';
import { countName } from './object-count.js';

const COUNT = countName({ group: '', resource: 'services' });
const NAMES = [COUNT, 'services', 'services.loadbalancers', 'services.nodeports'];

/** Services: their number, that of load balancers, and that of ports on nodes they ask for. */
export const SERVICES_EVALUATOR: QuotaEvaluator = {
  handles: ({ operation, subresource }) => subresource === '' && (operation === 'CREATE' || operation === 'UPDATE'),
  matching: (names) => names.filter((name) => NAMES.includes(name)).sort(),
  usage: (object) => {
    const { spec } = object as Service;
    const balanced = spec.type === 'LoadBalancer';
    return new Map([
      [COUNT, quantityOf(1)],
      ['services', quantityOf(1)],
      ['services.loadbalancers', quantityOf(balanced ? 1 : 0)],
      ['services.nodeports', quantityOf(nodePorts(object as Service))],
    ]);
  },
};

/** Whether the type of a service is one that counts. */
export function countedType({ spec }: Service): string {
  return spec.type === 'NodePort' || spec.type === 'LoadBalancer' ? spec.type : '';
}

function nodePorts({ spec }: Service): number {
  const ports = spec.ports ?? [];
  if (spec.type !== 'NodePort' && spec.type !== 'LoadBalancer') return 0;
  if (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts === false) {
    return ports.filter(({ nodePort }) => nodePort).length;
  }
  return ports.length;
}
