import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';

interface Named {
  readonly name: string;
}

interface PodSpec {
  readonly containers?: readonly Named[];
  readonly initContainers?: readonly Named[];
  readonly ephemeralContainers?: readonly Named[];
}

/** The container a log, exec or attach is about: the one named, or the only one. Throws 400. */
export function chooseContainer(pod: KubeObject, given: string): string {
  const spec = (pod['spec'] ?? {}) as PodSpec;
  const { containers = [], initContainers = [], ephemeralContainers = [] } = spec;
  const name = pod.metadata.name ?? '';
  if (given !== '') {
    const all = [...initContainers, ...containers, ...ephemeralContainers];
    if (all.some((container) => container.name === given)) return given;
    throw new StatusError(badRequest(`container ${given} is not valid for pod ${name}`));
  }
  if (containers.length === 1) return (containers[0] as Named).name;
  if (containers.length === 0) throw new StatusError(badRequest(`a container name must be specified for pod ${name}`));
  const names = [...initContainers, ...containers, ...ephemeralContainers].map((container) => container.name);
  const message = `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`;
  throw new StatusError(badRequest(message));
}
