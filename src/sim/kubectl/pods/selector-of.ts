import { goQuote } from '../../api/go-text.js';
import { formatSelector, formatSelectorObject, selectorFromMap } from '../../api/labels.js';
import type { KubeObject, LabelSelector } from '../../api/object.js';
import { CommandError } from '../errors.js';
import { goTypeName } from '../workload/pod-spec.js';

/** The selector by which an object chooses its pods, as text. Throws for kinds that choose none. */
export function selectorTextOf(object: KubeObject): string {
  const spec = (object['spec'] ?? {}) as { selector?: Record<string, string> | LabelSelector };
  switch (object.kind) {
    case 'Service':
    case 'ReplicationController': {
      const selector = (spec.selector ?? {}) as Record<string, string>;
      if (Object.keys(selector).length === 0) {
        throw new CommandError(`invalid service '${object.metadata.name}': Service is defined without a selector`);
      }
      return formatSelector(selectorFromMap(selector));
    }
    case 'DaemonSet':
    case 'Deployment':
    case 'Job':
    case 'ReplicaSet':
    case 'StatefulSet':
      return formatSelectorObject(spec.selector as LabelSelector);
    default:
      throw new CommandError(`selector for ${goTypeName(object)} not implemented`);
  }
}

/** Words for a container that a pod does not have. */
export function noContainer(name: string, pod: string, all: string): CommandError {
  return new CommandError(`container ${name} is not valid for pod ${pod} out of: ${all}`);
}

/** `Defaulted container "a" out of: a, b`. */
export function defaultedText(name: string, all: string): string {
  return `Defaulted container ${goQuote(name)} out of: ${all}\n`;
}
