import type { Admission } from './admission.js';
import { DEFAULT_STORAGE_CLASS } from './default-storage-class.js';
import { DEFAULT_TOLERATION_SECONDS } from './default-toleration-seconds.js';
import { NAMESPACE_LIFECYCLE } from './namespace-lifecycle.js';
import { PERSISTENT_VOLUME_CLAIM_RESIZE } from './persistent-volume-claim-resize.js';
import { POD_SECURITY } from './pod-security/pod-security.js';
import { PRIORITY } from './priority.js';
import { SERVICE_ACCOUNT } from './service-account.js';
import { STORAGE_OBJECT_IN_USE_PROTECTION } from './storage-object-in-use-protection.js';
import { TAINT_NODES_BY_CONDITION } from './taint-nodes-by-condition.js';

/** The plug-ins that are here, in the order they run. All of them are on unless a flag turns them off. */
const PLUGINS: readonly Admission[] = [
  NAMESPACE_LIFECYCLE,
  SERVICE_ACCOUNT,
  TAINT_NODES_BY_CONDITION,
  POD_SECURITY,
  PRIORITY,
  DEFAULT_TOLERATION_SECONDS,
  DEFAULT_STORAGE_CLASS,
  STORAGE_OBJECT_IN_USE_PROTECTION,
  PERSISTENT_VOLUME_CLAIM_RESIZE,
];

/** The chain of a server: what is on by itself or by flag, without what a flag turns off. */
export function admissionChain(enabled: readonly string[] = [], disabled: readonly string[] = []): Admission[] {
  return PLUGINS.filter(({ name }) => enabled.includes(name) || !disabled.includes(name));
}
