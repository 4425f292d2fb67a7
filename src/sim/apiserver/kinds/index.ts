import type { ServedKind } from '../served-kind.js';
import { CONFIG_MAP } from './config-map.js';
import { DAEMON_SET } from './daemon-set.js';
import { DEPLOYMENT } from './deployment.js';
import { ENDPOINT_SLICE } from './endpoint-slice.js';
import { ENDPOINTS } from './endpoints.js';
import { EVENT } from './event.js';
import { LEASE } from './lease.js';
import { NAMESPACE } from './namespace.js';
import { NETWORK_POLICY } from './network-policy.js';
import { NODE } from './node.js';
import { POD } from './pod.js';
import { POD_DISRUPTION_BUDGET } from './pod-disruption-budget.js';
import { PRIORITY_CLASS } from './priority-class.js';
import { REPLICA_SET } from './replica-set.js';
import { SECRET } from './secret.js';
import { SERVICE } from './service.js';
import { SERVICE_ACCOUNT } from './service-account.js';

/** The kinds this server serves, alphabetically. */
export const KINDS: readonly ServedKind[] = [
  CONFIG_MAP,
  DAEMON_SET,
  DEPLOYMENT,
  ENDPOINT_SLICE,
  ENDPOINTS,
  EVENT,
  LEASE,
  NAMESPACE,
  NETWORK_POLICY,
  NODE,
  POD,
  POD_DISRUPTION_BUDGET,
  PRIORITY_CLASS,
  REPLICA_SET,
  SECRET,
  SERVICE,
  SERVICE_ACCOUNT,
];
