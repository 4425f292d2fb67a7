import { matchesSelector, type Selector } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import type { ControllerContext } from './context.js';
import { PODS } from './resource-types.js';

const BY_CONTROLLER = 'controllerUid';
const BY_NODE = 'nodeName';
const indexed = new WeakSet<Informer<Pod>>();

/** The pods' cache with the indexes the controllers share: by controller, and by node. */
export function podInformer(context: ControllerContext): Informer<Pod> {
  const pods = context.informer<Pod>(PODS);
  if (!indexed.has(pods)) {
    indexed.add(pods);
    pods.addIndex(BY_CONTROLLER, (pod) => [ownerKey(pod.metadata.namespace, controllerOf(pod)?.uid)]);
    pods.addIndex(BY_NODE, (pod) => (pod.spec.nodeName ? [pod.spec.nodeName] : []));
  }
  return pods;
}

/** Pods whose controller the owner is. */
export function podsControlledBy(pods: Informer<Pod>, owner: KubeObject): readonly Pod[] {
  return pods.byIndex(BY_CONTROLLER, ownerKey(owner.metadata.namespace, owner.metadata.uid));
}

/** Pods of a namespace that no controller manages and a selector matches. */
export function orphanPods(pods: Informer<Pod>, namespace: string | undefined, selector: Selector): Pod[] {
  return pods
    .byIndex(BY_CONTROLLER, ownerKey(namespace, undefined))
    .filter((pod) => matchesSelector(selector, pod.metadata.labels));
}

/** Pods bound to a node. */
export function podsOnNode(pods: Informer<Pod>, nodeName: string): readonly Pod[] {
  return pods.byIndex(BY_NODE, nodeName);
}

function ownerKey(namespace: string | undefined, uid: string | undefined): string {
  return `${namespace ?? ''}/${uid ?? ''}`;
}
