import { compareBytes } from '../../../api/bytewise.js';
import { KustomizeError } from '../error.js';
import type { SortOptions } from '../file/kustomization.js';
import { compareKinds, FIRST_KINDS, LAST_KINDS } from '../resource/kind-order.js';
import type { Resource } from '../resource/resource.js';
import { gvkText, type ResourceId, sameGvk } from '../resource/resource-id.js';

/** Resources in the order a kustomization asks for: as they came, or the kinds that others need first. */
export function sortResources(resources: readonly Resource[], options: SortOptions | undefined): Resource[] {
  const { order = '', legacySortOptions } = options ?? { order: 'legacy' };
  if (order !== 'fifo' && order !== 'legacy') {
    throw new KustomizeError("the field 'sortOptions.order' must be one of [fifo, legacy]");
  }
  if (order === 'fifo') {
    if (legacySortOptions === undefined) return [...resources];
    throw new KustomizeError(
      "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'",
    );
  }
  const { orderFirst = [], orderLast = [] } = legacySortOptions ?? { orderFirst: FIRST_KINDS, orderLast: LAST_KINDS };
  return resources
    .map((resource) => ({ resource, id: resource.id }))
    .sort((a, b) => compare(a.id, b.id, orderFirst, orderLast))
    .map(({ resource }) => resource);
}

function compare(a: ResourceId, b: ResourceId, first: readonly string[], last: readonly string[]): number {
  if (sameGvk(a, b)) return compareBytes(idKey(a), idKey(b));
  const order = compareKinds(a, b, first, last);
  // Of two kinds called Namespace, the one without a group comes first.
  return a.kind === 'Namespace' && b.kind === 'Namespace' && (a.group === '' || b.group === '') ? -order : order;
}

function idKey(id: ResourceId): string {
  return `${gvkText(id)}|${id.namespace || '~X'}|${id.name || '~N'}`;
}
