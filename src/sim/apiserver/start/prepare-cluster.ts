import { bootstrapFlowSchemas, bootstrapPriorityLevels } from '../../api/kinds/flow-control/bootstrap.js';
import type { KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { settleConditions } from '../conditions/index.js';
import type { ServerParts } from '../parts.js';
import { findObject } from '../storage/get.js';
import { localApiServices } from './api-services.js';
import { reconcilePolicy } from './reconcile-policy.js';
import { createAsServer } from './system-request.js';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const PRIORITY_CLASSES: readonly [name: string, value: number, description: string][] = [
  [
    'system-node-critical',
    2_000_001_000,
    'Used for system critical pods that must not be moved from their current node.',
  ],
  [
    'system-cluster-critical',
    2_000_000_000,
    'Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.',
  ],
];

/** What a server makes when it starts on a store without it: namespaces, priority classes, roles, how requests are queued. */
export function* prepareCluster(parts: ServerParts): Waiting<void> {
  for (const name of NAMESPACES)
    yield* ensure(parts, 'v1', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  for (const [name, value, description] of PRIORITY_CLASSES) {
    const object = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      description,
      preemptionPolicy: 'PreemptLowerPriority',
    };
    yield* ensure(parts, 'scheduling.k8s.io/v1', object);
  }
  yield* reconcilePolicy(parts);
  for (const object of [...localApiServices(parts), ...bootstrapPriorityLevels(), ...bootstrapFlowSchemas()]) {
    yield* ensure(parts, object.apiVersion, object);
  }
  yield* settleConditions(parts, yield* parts.etcd.store('write'), 'flowcontrol.apiserver.k8s.io');
}

function* ensure(parts: ServerParts, apiVersion: string, object: KubeObject): Waiting<void> {
  const kind = parts.kinds.kind(apiVersion, object.kind);
  if (!kind) return;
  const store = yield* parts.etcd.store('read');
  if (!findObject(store, kind, object.metadata.namespace ?? '', object.metadata.name as string))
    yield* createAsServer(parts, kind, object);
}
