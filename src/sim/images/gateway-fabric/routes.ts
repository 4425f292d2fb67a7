import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { isGranted } from './grants.js';
import {
  type BackendState,
  type GatewayState,
  type GatewayView,
  type ListenerState,
  type ParentState,
  type RouteState,
  type Said,
  said,
  type UpstreamState,
} from './graph.js';
import { commonHostnames } from './hostnames.js';
import { replaced } from './listeners.js';
import { ruleProblems } from './rules.js';
import type { BackendRef, HttpRoute, ParentRef } from './types.js';

const ACCEPTED = said('Accepted', true, 'Accepted', 'The Route is accepted');
const RESOLVED = said('ResolvedRefs', true, 'ResolvedRefs', 'All references are resolved');
/** Where requests go that a reference to nobody was meant for. */
const INVALID = undefined;

/** Judges a route: its rules, its backends, and each gateway it wants to be served by. Undefined: none of them is ours. */
export function routeState(
  kind: RouteState['kind'],
  route: HttpRoute,
  gateways: readonly GatewayState[],
  view: GatewayView,
  upstreams: Map<string, UpstreamState>,
): RouteState | undefined {
  const own = (route.spec.parentRefs ?? []).flatMap((parent, index) => {
    const found = gateways.find(({ gateway }) => isParent(route, parent, gateway.metadata));
    return found ? [{ parent, index, found }] : [];
  });
  if (own.length === 0) return undefined;
  const { conditions, valid, dropped } = ruleProblems(route);
  const unresolved: Said[] = [];
  const backends = (route.spec.rules ?? []).map(({ backendRefs = [] }, rule) =>
    dropped.has(rule)
      ? []
      : backendRefs.map((reference, at) => {
          const path = `spec.rules[${rule}].backendRefs[${at}]`;
          return backendState(kind, route, reference, path, view, upstreams, unresolved);
        }),
  );
  const mirrors = (route.spec.rules ?? []).map(({ filters = [] }, rule) =>
    filters.flatMap(({ requestMirror }, at) => {
      if (!requestMirror) return [];
      const path = `spec.rules[${rule}].filters[${at}].requestMirror.backendRef`;
      return backendState(kind, route, requestMirror.backendRef, path, view, upstreams, unresolved).upstream ?? [];
    }),
  );
  const base = [ACCEPTED, RESOLVED, ...conditions, ...unresolved.slice(0, 1)];
  const parents = own.map(({ parent, index, found }) =>
    parentState(kind, route, parent, index, found, valid, replaced([], dedupe(base)), view),
  );
  return { kind, route, valid, parents, backends, mirrors };
}

function dedupe(conditions: readonly Said[]): Said[] {
  return conditions.filter(({ type }, at) => !conditions.slice(at + 1).some((later) => later.type === type));
}

function isParent({ metadata }: HttpRoute, parent: ParentRef, gateway: { name?: string; namespace?: string }): boolean {
  if ((parent.kind ?? 'Gateway') !== 'Gateway') return false;
  return parent.name === gateway.name && (parent.namespace ?? metadata.namespace) === gateway.namespace;
}

function parentState(
  kind: string,
  route: HttpRoute,
  parent: ParentRef,
  index: number,
  { gateway, valid, listeners }: GatewayState,
  routeValid: boolean,
  base: readonly Said[],
  view: GatewayView,
): ParentState {
  const refused = (reason: string, message: string): ParentState => ({
    index,
    gateway,
    conditions: replaced(base, [said('Accepted', false, reason, message)]),
    attached: [],
  });
  if (!routeValid) return { index, gateway, conditions: base, attached: [] };
  if (!valid) return refused('InvalidGateway', 'The Gateway is invalid');
  const meant = listeners.filter(
    ({ listener }) =>
      (parent.sectionName === undefined || listener.name === parent.sectionName) &&
      (parent.port === undefined || listener.port === parent.port),
  );
  if (meant.length === 0) return refused('NoMatchingParent', 'The Listener is not found for this parent ref');
  const serving = meant.filter((state) => state.valid);
  if (serving.length === 0) return refused('InvalidListener', 'The Listener is invalid for this parent ref');
  const allowing = serving.filter((state) => allows(state, kind, route, view));
  if (allowing.length === 0) return refused('NotAllowedByListeners', 'The Route is not allowed by any listener');
  const attached = allowing.flatMap((state) => {
    const hostnames = commonHostnames(state.listener.hostname, route.spec.hostnames);
    return hostnames.length > 0 ? [{ state, hostnames }] : [];
  });
  if (attached.length === 0)
    return refused('NoMatchingListenerHostname', 'The Listener hostname does not match the Route hostnames');
  for (const { state } of attached) state.attached += 1;
  return { index, gateway, conditions: base, attached };
}

/** Whether a listener takes a route of this kind from this namespace. */
function allows(
  { listener, gateway, kinds }: ListenerState,
  kind: string,
  { metadata }: HttpRoute,
  view: GatewayView,
): boolean {
  if (!kinds.includes(kind)) return false;
  const { from = 'Same', selector } = listener.allowedRoutes?.namespaces ?? {};
  if (from === 'All') return true;
  if (from === 'Same') return metadata.namespace === gateway.metadata.namespace;
  if (from !== 'Selector') return false;
  return matchesSelector(
    selectorFromObject(selector),
    view.namespace(metadata.namespace as string)?.metadata.labels ?? {},
  );
}

function backendState(
  kind: string,
  { metadata }: HttpRoute,
  reference: BackendRef,
  path: string,
  view: GatewayView,
  upstreams: Map<string, UpstreamState>,
  unresolved: Said[],
): BackendState {
  const weight = reference.weight ?? 1;
  const bad = (reason: string, message: string): BackendState => {
    unresolved.push(said('ResolvedRefs', false, reason, message));
    return { upstream: INVALID, weight };
  };
  const own = metadata.namespace as string;
  const namespace = reference.namespace ?? own;
  const key = `${namespace}/${reference.name}`;
  const group = reference.group ?? '';
  if (group !== '' && group !== 'core')
    return bad(
      'InvalidKind',
      `${path}.group: Unsupported value: ${JSON.stringify(group)}: supported values: "core", ""`,
    );
  if ((reference.kind ?? 'Service') !== 'Service')
    return bad(
      'InvalidKind',
      `${path}.kind: Unsupported value: ${JSON.stringify(reference.kind)}: supported values: "Service"`,
    );
  const from = { group: 'gateway.networking.k8s.io', kind, namespace: own };
  if (!isGranted(view.grants, { from, to: { group: '', kind: 'Service', namespace, name: reference.name } }))
    return bad(
      'RefNotPermitted',
      `${path}.namespace: Forbidden: Backend ref to Service ${key} not permitted by any ReferenceGrant`,
    );
  if (reference.port === undefined) return bad('UnsupportedValue', `${path}.port: Required value: port cannot be nil`);
  const service = view.service(namespace, reference.name);
  if (!service) return bad('BackendNotFound', `${path}.name: Not found: ${JSON.stringify(reference.name)}`);
  const port = service.spec.ports?.find((one) => one.port === reference.port);
  if (!port)
    return bad('BackendNotFound', `${path}: no matching port for Service ${reference.name} and port ${reference.port}`);
  const name = `${namespace}_${reference.name}_${reference.port}`;
  if (!upstreams.has(name)) {
    const endpoints = view.slices(namespace, reference.name).flatMap(({ endpoints: all, ports }) => {
      const number = (ports ?? []).find((one) => (one.name ?? '') === (port.name ?? ''))?.port;
      const ready = (all ?? []).filter(({ conditions }) => conditions?.ready !== false);
      return number === undefined
        ? []
        : ready.flatMap(({ addresses }) => addresses.map((one) => `${one.includes(':') ? `[${one}]` : one}:${number}`));
    });
    upstreams.set(name, { name, endpoints: [...new Set(endpoints)] });
  }
  return { upstream: name, weight };
}
