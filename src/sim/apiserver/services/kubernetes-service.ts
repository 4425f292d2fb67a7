import type { KubeObject } from '../../api/object.js';
import { deepEqual } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { ServiceCIDR } from '../../api/types/networking.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { createAsServer } from '../start/system-request.js';
import { EtcdError } from '../storage/etcd-access.js';
import { findObject } from '../storage/get.js';
import { randomUid } from '../storage/names.js';
import { writeObject } from '../storage/write.js';
import { familyOf, firstAddress, readBlock } from './ip-range.js';

const INTERVAL = 10 * SECOND;

/** Keeps the `kubernetes` Service, its Endpoints and its EndpointSlice what they should be, every ten seconds. */
export function* keepKubernetesService(sys: Pick<Sys, 'sleep'>, parts: ServerParts): Waiting<void> {
  for (;;) {
    try {
      yield* ensureKubernetesService(parts);
    } catch (error) {
      if (!(error instanceof EtcdError) && !(error instanceof StatusError)) throw error;
    }
    yield* sys.sleep(INTERVAL);
  }
}

/** One round: makes what is missing, mends what differs. */
function* ensureKubernetesService(parts: ServerParts): Waiting<void> {
  const store = yield* parts.etcd.store('read');
  ensureServiceCidr(parts, store);
  yield* ensure(parts, store, service(parts), undefined);
  yield* ensure(parts, store, endpoints(parts), 'subsets');
  yield* ensure(parts, store, endpointSlice(parts), 'endpoints');
}

function* ensure(parts: ServerParts, store: Store, wanted: KubeObject, compared: string | undefined): Waiting<void> {
  const kind = parts.kinds.kind(wanted.apiVersion, wanted.kind);
  if (!kind) return;
  const { name = '', namespace = '' } = wanted.metadata;
  const found = findObject(store, kind, namespace, name);
  if (!found) yield* createAsServer(parts, kind, wanted);
  else if (compared && !deepEqual(found[compared], wanted[compared])) {
    writeObject(store, kind, { ...found, [compared]: wanted[compared] });
  }
}

/** The blocks of the flag as an object; one that became two is widened (defaultservicecidr controller). */
function ensureServiceCidr(parts: ServerParts, store: Store): void {
  const kind = parts.kinds.kind('networking.k8s.io/v1', 'ServiceCIDR');
  if (!kind) return;
  const found = findObject(store, kind, '', 'kubernetes') as ServiceCIDR | undefined;
  const cidrs = [...parts.serviceRanges];
  if (found) {
    const widens = cidrs.length === 2 && found.spec.cidrs?.length === 1 && found.spec.cidrs[0] === cidrs[0];
    if (widens) writeObject(store, kind, { ...found, spec: { ...found.spec, cidrs } });
    return;
  }
  const time = formatTime(parts.now());
  const message = 'Kubernetes default Service CIDR is ready';
  const own = { apiVersion: 'networking.k8s.io/v1', fieldsType: 'FieldsV1', time };
  const object: ServiceCIDR = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: {
      name: 'kubernetes',
      // Drawn by itself, so that other draws are not shifted by it.
      uid: randomUid(parts.random.fork('service-cidr/kubernetes')),
      creationTimestamp: time,
      generation: 1,
      managedFields: [
        { ...own, manager: 'kube-apiserver', operation: 'Update', fieldsV1: { 'f:spec': { 'f:cidrs': {} } } },
      ],
    },
    spec: { cidrs },
    status: { conditions: [{ type: 'Ready', status: 'True', reason: '', message, lastTransitionTime: time }] },
  };
  writeObject(store, kind, object);
}

const LABELS = { component: 'apiserver', provider: 'kubernetes' };

function service(parts: ServerParts): KubeObject {
  const block = readBlock(parts.serviceRanges[0] as string);
  const clusterIP = firstAddress(block);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { ...LABELS } },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: [block.family],
      ipFamilyPolicy: 'SingleStack',
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: parts.advertise.port }],
      sessionAffinity: 'None',
    },
  };
}

function endpoints(parts: ServerParts): KubeObject {
  const { address, port } = parts.advertise;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    subsets: [{ addresses: [{ ip: address }], ports: [{ name: 'https', port, protocol: 'TCP' }] }],
  };
}

function endpointSlice(parts: ServerParts): KubeObject {
  const { address, port } = parts.advertise;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: familyOf(address),
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ name: 'https', port, protocol: 'TCP' }],
  };
}
