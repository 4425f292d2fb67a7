import type { Micros } from '../../kernel/time.js';
import type { KubeObject } from '../object.js';
import type { GroupResource } from '../status.js';
import type { Pod } from '../types/pod.js';
import type { Service } from '../types/service.js';
import type { QuotaEvaluator } from './evaluator.js';
import { objectCount } from './object-count.js';
import { CLAIMS_EVALUATOR, claimLetsGo } from './persistent-volume-claims.js';
import { countsWhileRunning, endsByItself, PODS_EVALUATOR } from './pods.js';
import { DEVICE_CLAIMS_EVALUATOR } from './resource-claims.js';
import { countedType, SERVICES_EVALUATOR } from './services.js';

const OWN: Readonly<Record<string, QuotaEvaluator>> = {
  pods: PODS_EVALUATOR,
  services: SERVICES_EVALUATOR,
  persistentvolumeclaims: CLAIMS_EVALUATOR,
  'resourceclaims.resource.k8s.io': DEVICE_CLAIMS_EVALUATOR,
};
/** Resources whose number has an old name besides. */
const ALIASED = ['configmaps', 'replicationcontrollers', 'resourcequotas', 'secrets'];
/** What is never counted: what is not stored, and events. */
const IGNORED = [
  'bindings',
  'componentstatuses',
  'tokenreviews.authentication.k8s.io',
  'selfsubjectreviews.authentication.k8s.io',
  'subjectaccessreviews.authorization.k8s.io',
  'selfsubjectaccessreviews.authorization.k8s.io',
  'localsubjectaccessreviews.authorization.k8s.io',
  'selfsubjectrulesreviews.authorization.k8s.io',
  'events',
  'events.events.k8s.io',
];

const known = new Map<string, QuotaEvaluator | undefined>();

/** Who knows what objects of a resource use; undefined for what quotas leave alone. */
export function evaluatorOf(resource: GroupResource): QuotaEvaluator | undefined {
  const name = nameOf(resource);
  if (known.has(name)) return known.get(name);
  const made = IGNORED.includes(name)
    ? undefined
    : (OWN[name] ?? objectCount(resource, ALIASED.includes(name) ? name : undefined));
  known.set(name, made);
  return made;
}

/** Whether a change of an object may let go of something, so that quotas are to be counted anew (update_filter.go). */
export function letsGo(resource: GroupResource, before: KubeObject, after: KubeObject, now: Micros): boolean {
  switch (nameOf(resource)) {
    case 'pods': {
      if (endsByItself(before) !== endsByItself(after)) return true;
      return countsWhileRunning(before as Pod, now) && !countsWhileRunning(after as Pod, now);
    }
    case 'services':
      return countedType(before as Service) !== countedType(after as Service);
    case 'persistentvolumeclaims':
      return claimLetsGo(after, before);
    default:
      return false;
  }
}

function nameOf({ group, resource }: GroupResource): string {
  return group === '' ? resource : `${resource}.${group}`;
}
