import { type Condition, deepEqual, type KubeObject } from '../../api/object.js';
import { isConflict, isNotFound, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Service } from '../../api/types/service.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { GatewayState, Graph, RouteState, Said } from './graph.js';
import { GATEWAY_RESOURCES, type GatewayClass, type HttpRoute } from './types.js';

/** What statuses are made of beside the graph. */
export interface StatusParts {
  readonly controllerName: string;
  now(): Micros;
  service(gateway: GatewayState): Service | undefined;
  /** Why a gateway's nginx did not take its configuration. */
  failure(gateway: GatewayState): string | undefined;
}

/** Writes into every object what became of it, where it does not say so yet. */
export function* writeStatuses(
  client: ApiClient,
  graph: Graph,
  routes: readonly HttpRoute[],
  grpc: readonly HttpRoute[],
  parts: StatusParts,
): Waiting<void> {
  for (const { object, conditions } of graph.classes) {
    const status = { conditions: dated(conditions, object, statusConditions(object), parts.now()) };
    yield* write(client, GATEWAY_RESOURCES.classes, object as GatewayClass, status);
  }
  for (const state of graph.gateways)
    yield* write(client, GATEWAY_RESOURCES.gateways, state.gateway, gatewayStatus(state, parts));
  for (const [kind, type, all] of [
    ['HTTPRoute', GATEWAY_RESOURCES.httpRoutes, routes],
    ['GRPCRoute', GATEWAY_RESOURCES.grpcRoutes, grpc],
  ] as const)
    for (const route of all) {
      const state = graph.routes.find((one) => one.kind === kind && one.route === route);
      if (state || route.status?.parents?.some(({ controllerName }) => controllerName === parts.controllerName))
        yield* write(client, type, route, { parents: routeParents(route, state, parts) });
    }
}

function* write(client: ApiClient, type: ResourceType, object: KubeObject, status: object): Waiting<void> {
  if (deepEqual(object['status'], status)) return;
  try {
    yield* client.update(type, { ...object, status } as KubeObject, { subresource: 'status' });
  } catch (error) {
    // Somebody was quicker; what they wrote brings another turn.
    if (!isConflict(error) && !isNotFound(error) && !(error instanceof StatusError)) throw error;
  }
}

/** Conditions with their instants: those of before, where nothing changed. */
function dated(
  conditions: readonly Said[],
  { metadata }: KubeObject,
  before: readonly Condition[],
  now: Micros,
): Condition[] {
  return conditions.map((one) => {
    const old = before.find(
      ({ type, status, reason, message }) =>
        type === one.type && status === one.status && reason === one.reason && message === one.message,
    );
    return {
      ...one,
      observedGeneration: metadata.generation ?? 1,
      lastTransitionTime: old?.lastTransitionTime ?? formatTime(now),
    } as Condition;
  });
}

function statusConditions(object: KubeObject): Condition[] {
  return (object['status'] as { conditions?: Condition[] } | undefined)?.conditions ?? [];
}

interface OldGatewayStatus {
  readonly listeners?: readonly { readonly name: string; readonly conditions?: Condition[] }[];
}

function gatewayStatus(state: GatewayState, parts: StatusParts): object {
  const { gateway, listeners } = state;
  const old = (gateway.status ?? {}) as OldGatewayStatus;
  const failure = parts.failure(state);
  const message = `The Gateway is not programmed due to a failure to reload nginx with the configuration: ${failure}`;
  const conditions: readonly Said[] = state.conditions.map((one) =>
    one.type === 'Programmed' && failure !== undefined ? { ...one, status: 'False', reason: 'Invalid', message } : one,
  );
  const addresses = addressesOf(parts.service(state));
  return {
    ...(addresses.length > 0 ? { addresses } : {}),
    conditions: dated(conditions, gateway, statusConditions(gateway), parts.now()),
    listeners: listeners.map(({ listener, conditions: own, attached, kinds }) => ({
      attachedRoutes: attached,
      conditions: dated(
        own,
        gateway,
        old.listeners?.find(({ name }) => name === listener.name)?.conditions ?? [],
        parts.now(),
      ),
      name: listener.name,
      supportedKinds: kinds.map((kind) => ({ group: 'gateway.networking.k8s.io', kind })),
    })),
  };
}

function addressesOf(service: Service | undefined): { type: string; value: string }[] {
  if (!service) return [];
  if (service.spec.type !== 'LoadBalancer') return [{ type: 'IPAddress', value: service.spec.clusterIP ?? '' }];
  return (service.status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) =>
    ip ? { type: 'IPAddress', value: ip } : { type: 'Hostname', value: hostname ?? '' },
  );
}

type OldParent = { readonly parentRef: unknown; readonly controllerName: string; readonly conditions?: Condition[] };

/** What other controllers say of a route stays. */
function routeParents(route: HttpRoute, state: RouteState | undefined, { controllerName, now }: StatusParts): object[] {
  const before = ((route.status as { parents?: OldParent[] } | undefined)?.parents ?? []) as OldParent[];
  const own = (state?.parents ?? []).map(({ index, conditions }) => {
    const reference = route.spec.parentRefs?.[index];
    const parentRef = {
      group: 'gateway.networking.k8s.io',
      kind: 'Gateway',
      name: reference?.name,
      namespace: reference?.namespace ?? route.metadata.namespace,
      ...(reference?.sectionName === undefined ? {} : { sectionName: reference.sectionName }),
      ...(reference?.port === undefined ? {} : { port: reference.port }),
    };
    const old = before.find((one) => one.controllerName === controllerName && deepEqual(one.parentRef, parentRef));
    return { conditions: dated(conditions, route, old?.conditions ?? [], now()), controllerName, parentRef };
  });
  return [...own, ...before.filter((one) => one.controllerName !== controllerName)];
}
