import { matchesSelector, selectorFromMap, selectorFromObject } from '../api/labels.js';
import { controllerOf } from '../api/owner-references.js';
import type { Namespace } from '../api/types/config.js';
import type { Service } from '../api/types/service.js';
import type { ReplicaSet } from '../api/types/workloads.js';
import type { InformerFactory } from '../client/informer-factory.js';
import type { ClusterView } from './plugin.js';
import { NAMESPACES, REPLICA_SETS, SERVICES } from './resource-types.js';
import type { StorageView } from './storage-view.js';

/** What plugins may ask, answered from the caches. */
export function clusterView(informers: InformerFactory, storage: StorageView): ClusterView {
  const namespaces = informers.informer<Namespace>(NAMESPACES);
  const services = informers.informer<Service>(SERVICES);
  const sets = informers.informer<ReplicaSet>(REPLICA_SETS);
  return {
    storage,
    namespaceLabels: (name) => namespaces.get(undefined, name)?.metadata.labels ?? {},
    siblingSelector: (pod) => {
      const { namespace, labels } = pod.metadata;
      const selecting = services.list(namespace).filter(({ spec }) => {
        const selector = selectorFromMap(spec.selector);
        return selector.length > 0 && matchesSelector(selector, labels);
      });
      const merged = selectorFromMap(Object.assign({}, ...selecting.map(({ spec }) => spec.selector)));
      const owner = controllerOf(pod);
      const set = owner?.kind === 'ReplicaSet' ? sets.get(namespace, owner.name) : undefined;
      return [...merged, ...(set ? (selectorFromObject(set.spec.selector) ?? []) : [])];
    },
  };
}
