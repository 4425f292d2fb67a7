import {
  type GatewayState,
  type GatewayView,
  type Graph,
  type RouteState,
  type Said,
  said,
  type UpstreamState,
} from './graph.js';
import { listenersOf } from './listeners.js';
import { routeState } from './routes.js';
import type { Gateway, HttpRoute } from './types.js';

/** By what the controller knows what is its own. */
export interface Ownership {
  readonly controllerName: string;
  readonly className: string;
}

/** Works out of everything at one moment what serves what, and what has to be said of each object (state/graph of NGF v2.3). */
export function buildGraph(view: GatewayView, { controllerName, className }: Ownership): Graph {
  const classes = view.classes
    .filter(({ spec }) => spec.controllerName === controllerName)
    .map((object) => ({ object, conditions: classConditions(object.metadata.name === className) }));
  const has = classes.some(({ object }) => object.metadata.name === className);
  const gateways = has
    ? byAge(view.gateways)
        .filter(({ spec }) => spec.gatewayClassName === className)
        .map((gateway) => gatewayState(gateway, view))
    : [];
  const upstreams = new Map<string, UpstreamState>();
  const states = (kind: RouteState['kind'], routes: readonly HttpRoute[]) =>
    byAge(routes).flatMap((route) => routeState(kind, route, gateways, view, upstreams) ?? []);
  const routes = [...states('HTTPRoute', view.httpRoutes), ...states('GRPCRoute', view.grpcRoutes)];
  return { classes, gateways, routes, upstreams };
}

/** The oldest first; of the same age by name. */
function byAge<T extends Gateway | HttpRoute>(objects: readonly T[]): T[] {
  const born = ({ metadata }: T) => `${metadata.creationTimestamp ?? ''} ${metadata.namespace}/${metadata.name}`;
  return [...objects].sort((one, other) => (born(one) < born(other) ? -1 : 1));
}

function classConditions(isOwn: boolean): Said[] {
  const supported = said('SupportedVersion', true, 'SupportedVersion', 'The Gateway API CRD versions are supported');
  if (isOwn) return [said('Accepted', true, 'Accepted', 'The GatewayClass is accepted'), supported];
  const message = 'The resource is ignored due to a conflicting GatewayClass resource';
  return [said('Accepted', false, 'GatewayClassConflict', message), supported];
}

function gatewayState(gateway: Gateway, view: GatewayView): GatewayState {
  const listeners = listenersOf(gateway, view);
  const serving = listeners.filter(({ valid }) => valid).length;
  const programmed = said('Programmed', true, 'Programmed', 'The Gateway is programmed');
  if (serving === 0) {
    const message = 'The Gateway has no valid listeners';
    const conditions = [
      said('Accepted', false, 'ListenersNotValid', message),
      said('Programmed', false, 'Invalid', message),
    ];
    return { gateway, valid: false, conditions, listeners };
  }
  const accepted =
    serving < listeners.length
      ? said('Accepted', true, 'ListenersNotValid', 'The Gateway has at least one valid listener')
      : said('Accepted', true, 'Accepted', 'The Gateway is accepted');
  return { gateway, valid: true, conditions: [accepted, programmed], listeners };
}
