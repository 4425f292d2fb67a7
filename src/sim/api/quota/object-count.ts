import { quantityOf } from '../quantity.js';
import type { GroupResource } from '../status.js';
import type { QuotaEvaluator } from './evaluator.js';

/** `count/pods`, `count/deployments.apps`: how a quota names the number of objects of a resource. */
export function countName({ group, resource }: GroupResource): string {
  return group === '' ? `count/${resource}` : `count/${resource}.${group}`;
}

/** Counts objects, by the name of every resource and by the old one of a few. */
export function objectCount(resource: GroupResource, alias?: string): QuotaEvaluator {
  const names = [countName(resource), ...(alias === undefined ? [] : [alias])];
  const usage = new Map(names.map((name) => [name, quantityOf(1)]));
  return {
    handles: ({ operation, subresource }) => operation === 'CREATE' && subresource === '',
    matching: (asked) => asked.filter((name) => names.includes(name)).sort(),
    usage: () => usage,
  };
}
