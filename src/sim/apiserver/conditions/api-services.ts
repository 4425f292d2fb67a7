import type { KubeObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { APIService } from '../../api/types/api-service.js';
import type { Service } from '../../api/types/service.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { allObjects, findObject } from '../storage/get.js';
import { noteManager } from '../storage/managed-fields.js';
import { writeObject } from '../storage/write.js';

/** Says in the status of each APIService that another server stands behind whether its service is there. */
export function settleApiServices(parts: ServerParts, store: Store): void {
  const kind = parts.kinds.kind('apiregistration.k8s.io/v1', 'APIService');
  if (!kind) return;
  for (const object of allObjects(store, kind) as APIService[]) {
    const found = object.spec.service && unavailable(parts, store, object.spec.service);
    const before = object.status?.conditions?.find(({ type }) => type === 'Available');
    if (!found || (before?.reason === found.reason && before.message === found.message)) continue;
    const time = formatTime(parts.now());
    const lastTransitionTime = before?.status === 'False' ? before.lastTransitionTime : time;
    const conditions = [{ type: 'Available', status: 'False', lastTransitionTime, ...found }];
    const changed: KubeObject = { ...object, metadata: { ...object.metadata }, status: { conditions } };
    noteManager(changed, object, kind, { name: 'kube-apiserver', subresource: 'status', time });
    writeObject(store, kind, changed);
  }
}

/** Why a service cannot be asked. Whether it answers when it can be is not looked into here. */
function unavailable(
  parts: ServerParts,
  store: Store,
  { namespace = '', name = '', port }: NonNullable<APIService['spec']['service']>,
): { reason: string; message: string } | undefined {
  const services = parts.kinds.kind('v1', 'Service');
  const service = services && (findObject(store, services, namespace, name) as Service | undefined);
  const where = `service/${name} in "${namespace}"`;
  if (!service) return { reason: 'ServiceNotFound', message: `${where} is not present` };
  if (service.spec.type !== 'ClusterIP' || service.spec.ports?.some((one) => one.port === port)) return undefined;
  return { reason: 'ServicePortError', message: `${where} is not listening on port ${port}` };
}
