import type { KubeObject } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission } from './admission.js';

const LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/** Pods are labelled with where their node is, when they are made for it or bound to it. */
export const POD_TOPOLOGY_LABELS: Admission = {
  name: 'PodTopologyLabels',
  mutate({ kind, subresource, operation, object, store }) {
    if (kind.kind !== 'Pod' || kind.group !== '' || operation !== 'CREATE' || !object) return;
    const node = subresource === '' ? (object as Pod).spec.nodeName : subresource === 'binding' && boundTo(object);
    if (!node) return;
    const labels = topologyLabels(store, node);
    if (Object.keys(labels).length > 0) object.metadata.labels = { ...object.metadata.labels, ...labels };
  },
};

function boundTo(binding: KubeObject): string | undefined {
  const target = binding['target'] as { kind?: string; name?: string } | undefined;
  return target?.kind === 'Node' ? target.name : undefined;
}

function topologyLabels(store: Store, node: string): Record<string, string> {
  const entry = store.get(`/registry/minions/${node}`);
  const labels = Object.entries(entry ? (objectOf(entry).metadata.labels ?? {}) : {});
  return Object.fromEntries(labels.filter(([name]) => LABELS.includes(name)));
}
