import { compareText } from '../../api/go-text.js';
import { matchesSelector, selectorFromMap } from '../../api/labels.js';
import { deepEqual } from '../../api/object.js';
import { isDeleting, isPodReady, isPodTerminal } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service, ServicePort } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { WorkQueue } from './context.js';
import { keyOf } from './keys.js';

/** Whether a service's endpoints are the control plane's to write: it selects pods and is no mere alias. */
export function isSelecting(service: Service): boolean {
  return service.spec.type !== 'ExternalName' && service.spec.selector !== undefined && service.spec.selector !== null;
}

/** The pods a service selects, by name. */
export function selectedPods(pods: Informer<Pod>, service: Service): Pod[] {
  const selector = selectorFromMap(service.spec.selector);
  return pods
    .list(service.metadata.namespace)
    .filter((pod) => matchesSelector(selector, pod.metadata.labels))
    .sort((a, b) => compareText(a.metadata.name ?? '', b.metadata.name ?? ''));
}

/** Whether a pod has an address to send traffic to; pods being deleted only count when asked for. */
export function hasEndpoint(pod: Pod, includeTerminating: boolean): boolean {
  if (isPodTerminal(pod)) return false;
  if (!pod.status?.podIP && !pod.status?.podIPs?.length) return false;
  return includeTerminating || !isDeleting(pod);
}

/** The host name by which a headless service of the pod's subdomain names it. */
export function endpointHostname(pod: Pod, service: Service): string | undefined {
  const named = pod.spec.hostname && pod.spec.subdomain === service.metadata.name;
  return named && pod.metadata.namespace === service.metadata.namespace ? pod.spec.hostname : undefined;
}

/** The number of a service's target port in a pod; undefined when no container (or sidecar) names such a port. */
export function findPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const sidecars = (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always');
  return [...pod.spec.containers, ...sidecars]
    .flatMap((container) => container.ports ?? [])
    .find(({ name, protocol }) => name === target && (protocol ?? 'TCP') === (port.protocol ?? 'TCP'))?.containerPort;
}

/** A service without an address of its own. */
export function isHeadless(service: Service): boolean {
  return service.spec.clusterIP === 'None' || !service.spec.clusterIP;
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** Queues the services whose endpoints a pod's change concerns. */
export function enqueueServicesOfPods(pods: Informer<Pod>, services: Informer<Service>, queue: WorkQueue): void {
  const enqueue = (namespace: string | undefined, concerns: (service: Service) => boolean) => {
    for (const service of services.list(namespace)) {
      if (isSelecting(service) && concerns(service)) queue.add(keyOf(service));
    }
  };
  const selects = (service: Service, pod: Pod) =>
    matchesSelector(selectorFromMap(service.spec.selector), pod.metadata.labels);
  pods.addHandlers({
    added: (pod) => enqueue(pod.metadata.namespace, (service) => selects(service, pod)),
    deleted: (pod) => enqueue(pod.metadata.namespace, (service) => selects(service, pod)),
    updated: (before, after) => {
      const changed = endpointChanged(before, after);
      const relabelled = !deepEqual(before.metadata.labels, after.metadata.labels);
      if (!changed && !relabelled) return;
      enqueue(after.metadata.namespace, (service) => {
        const was = selects(service, before);
        const is = selects(service, after);
        return changed ? was || is : was !== is;
      });
    },
  });
}

function endpointChanged(before: Pod, after: Pod): boolean {
  const facts = (pod: Pod) => [
    isDeleting(pod),
    isPodReady(pod),
    isPodTerminal(pod),
    pod.status?.podIPs ?? [],
    pod.status?.podIP ?? '',
    pod.spec.nodeName ?? '',
    pod.spec.hostname ?? '',
    pod.spec.subdomain ?? '',
  ];
  return !deepEqual(facts(before), facts(after));
}
