/** Whether the servers behind APIServices can be asked (kube-aggregator's remote available controller). */
import { isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';
import { formatTime } from '../../../api/time.js';
import type { APIService } from '../../../api/types/api-service.js';
import type { Service } from '../../../api/types/service.js';
import { errorText } from '../../../client/go-errors.js';
import { decodeText } from '../../../kernel/bytes.js';
import type { HttpResponse } from '../../../kernel/network.js';
import { MILLISECOND, SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import { allObjects, findObject } from '../../storage/get.js';
import { noteManager } from '../../storage/managed-fields.js';
import { writeObject } from '../../storage/write.js';
import { askRemote } from './forward.js';
import { remoteServices } from './remote-services.js';

const PATIENCE = 5 * SECOND;
/** All are asked anew so often. */
const RESYNC = 30 * SECOND;
/** Those that were found dead are asked again sooner, less often each time. */
const RETRY_FIRST = 5 * MILLISECOND;

/** What is said of availability. */
export interface Availability {
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/** Looks after all of them for as long as the server runs: when something changed, and again and again. */
export function* keepAvailability(parts: ServerParts): Waiting<void> {
  const remote = remoteServices(parts.etcd);
  let delay = RETRY_FIRST;
  for (;;) {
    let anyDead = false;
    for (const service of remote.all()) if (yield* check(parts, service)) anyDead = true;
    delay = anyDead ? Math.min(2 * delay, RESYNC) : RETRY_FIRST;
    const wait = anyDead ? delay : RESYNC;
    yield remote.all().length === 0 ? remote.changed : { queues: [remote.changed], until: parts.now() + wait };
  }
}

/** Looks after one; true where it should answer and does not. */
function* check(parts: ServerParts, service: APIService): Waiting<boolean> {
  const { current } = parts.etcd;
  if (!current) return false;
  const found = unreachable(parts, current, service) ?? (yield* askDiscovery(parts, service));
  const store = parts.etcd.current;
  if (store) writeAvailability(parts, store, service, found);
  return found.reason === 'FailedDiscoveryCheck';
}

/** Writes the condition when it is another one. */
export function writeAvailability(parts: ServerParts, store: Store, service: APIService, found: Availability): void {
  const kind = parts.kinds.kind('apiregistration.k8s.io/v1', 'APIService');
  const object = kind && (findObject(store, kind, '', service.metadata.name ?? '') as APIService | undefined);
  if (!kind || !object || object.metadata.uid !== service.metadata.uid) return;
  const before = object.status?.conditions?.find(({ type }) => type === 'Available');
  if (before?.status === found.status && before.reason === found.reason && before.message === found.message) return;
  const time = formatTime(parts.now());
  const lastTransitionTime = before?.status === found.status ? (before.lastTransitionTime ?? time) : time;
  const condition = {
    type: 'Available',
    status: found.status,
    lastTransitionTime,
    reason: found.reason,
    message: found.message,
  };
  const changed: KubeObject = { ...object, metadata: { ...object.metadata }, status: { conditions: [condition] } };
  noteManager(changed, object, kind, { name: 'kube-apiserver', subresource: 'status', time });
  writeObject(store, kind, changed);
}

interface Slice {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[] | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
}

/** Why a service cannot be asked, as far as its objects tell; undefined when it can be tried. */
export function unreachable(parts: ServerParts, store: Store, { spec }: APIService): Availability | undefined {
  const { namespace = '', name = '', port } = spec.service ?? {};
  const services = parts.kinds.kind('v1', 'Service');
  const service = services && (findObject(store, services, namespace, name) as Service | undefined);
  const where = `service/${name} in "${namespace}"`;
  const no = (reason: string, message: string): Availability => ({ status: 'False', reason, message });
  if (!service) return no('ServiceNotFound', `${where} is not present`);
  if (service.spec.type !== 'ClusterIP') return undefined;
  const found = service.spec.ports?.find((one) => one.port === port);
  if (!found) return no('ServicePortError', `${where} is not listening on port ${port}`);
  const kind = parts.kinds.kind('discovery.k8s.io/v1', 'EndpointSlice');
  const slices = (kind ? allObjects(store, kind, namespace) : []) as unknown as Slice[];
  const own = slices.filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name);
  if (own.length === 0) return no('EndpointsNotFound', `cannot find endpointslices for ${where}`);
  const portName = found.name ?? '';
  if (own.some((slice) => isServing(slice, portName))) return undefined;
  return no('MissingEndpoints', `endpointslices for ${where} have no addresses with port name "${portName}"`);
}

function isServing({ endpoints, ports }: Slice, portName: string): boolean {
  const ready = (endpoints ?? []).some(({ conditions }) => conditions?.ready !== false);
  return ready && (ports ?? []).some(({ name = '', port }) => name === portName && port !== undefined);
}

/** Asks for what is served, and keeps it for discovery. */
function* askDiscovery(parts: ServerParts, service: APIService): Waiting<Availability> {
  const { group = '', version = '' } = service.spec;
  const path = `/apis/${group}/${version}`;
  let url = path;
  const no = (why: string): Availability => ({ status: 'False', reason: 'FailedDiscoveryCheck', message: why });
  try {
    const headers = {
      accept: 'application/json',
      'x-remote-user': 'system:kube-aggregator',
      'x-remote-group': 'system:masters',
    };
    const asked = askRemote(parts, service, { method: 'GET', target: path, headers }, parts.now() + PATIENCE);
    url = asked.url;
    const response = yield* asked.answer;
    if (response.status < 200 || response.status >= 300) {
      return no(`failing or missing response from ${url}: bad status from ${url}: ${response.status}`);
    }
    remoteServices(parts.etcd).told.set(`${group}/${version}`, resourcesIn(response));
    return { status: 'True', reason: 'Passed', message: 'all checks passed' };
  } catch (error) {
    return no(`failing or missing response from ${url}: Get "${url}": ${errorText(error)}`);
  }
}

function resourcesIn(response: HttpResponse): JsonObject[] {
  try {
    const list: unknown = response.object ?? JSON.parse(decodeText(response.body ?? new Uint8Array()));
    const resources = isJsonObject(list) ? list['resources'] : undefined;
    return Array.isArray(resources) ? resources.filter(isJsonObject) : [];
  } catch {
    return [];
  }
}
