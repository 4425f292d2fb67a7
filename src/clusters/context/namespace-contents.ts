import type { Target } from '../real/remove-objects.js';
import { type Ask, listPath, mustList, type ServedResource } from '../real/resources.js';

interface Listed {
  readonly metadata: {
    readonly name: string;
    readonly ownerReferences?: readonly { readonly controller?: boolean }[];
  };
}

/** What every namespace has, and what only tells of others. */
export const OF_EVERY_NAMESPACE: ReadonlySet<string> = new Set([
  'configmaps/kube-root-ca.crt',
  'serviceaccounts/default',
  'services/kubernetes',
  'endpoints/kubernetes',
  'endpointslices/kubernetes',
]);
/** They come and go by themselves. */
const PASSING = new Set(['events', 'leases', 'endpointslices', 'endpoints']);

/**
 * What is in a namespace, but for what every one has, and what goes with its controller; `also`: that too. Throws `ClusterError`
 * when it is not told.
 */
export async function contentsOf(
  ask: Ask,
  namespace: string,
  served: readonly ServedResource[],
  also: 'controlled' | 'nothing' = 'nothing',
): Promise<Target[]> {
  const kinds = served.filter(
    ({ namespaced, name, verbs }) => namespaced && !PASSING.has(name) && verbs.has('list') && verbs.has('delete'),
  );
  const found = await Promise.all(
    kinds.map(async (resource) => {
      const items = await mustList<Listed>(ask, listPath(resource, namespace));
      return items
        .filter(({ metadata: { ownerReferences = [] } }) => {
          return also === 'controlled' || !ownerReferences.some(({ controller }) => controller);
        })
        .filter(({ metadata }) => !OF_EVERY_NAMESPACE.has(`${resource.name}/${metadata.name}`))
        .map(({ metadata }) => ({ resource, namespace, name: metadata.name }));
    }),
  );
  return found.flat();
}
