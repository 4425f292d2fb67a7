import type { Condition } from '../../api/object.js';
import type { Namespace, Secret } from '../../api/types/config.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Service } from '../../api/types/service.js';
import type { Gateway, GatewayClass, HttpRoute, Listener, ReferenceGrant } from './types.js';

/** A condition without the instants, which are the writer's. */
export type Said = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

export const said = (type: string, status: boolean, reason: string, message: string): Said => ({
  type,
  status: status ? 'True' : 'False',
  reason,
  message,
});

/** What the controller knows of the cluster. */
export interface GatewayView {
  readonly classes: readonly GatewayClass[];
  readonly gateways: readonly Gateway[];
  readonly httpRoutes: readonly HttpRoute[];
  readonly grpcRoutes: readonly HttpRoute[];
  readonly grants: readonly ReferenceGrant[];
  namespace(name: string): Namespace | undefined;
  secret(namespace: string, name: string): Secret | undefined;
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, service: string): readonly EndpointSlice[];
}

/** One listener with what became of it. */
export interface ListenerState {
  readonly listener: Listener;
  readonly gateway: Gateway;
  /** Whether it serves; routes cannot attach to one that does not. */
  valid: boolean;
  conditions: Said[];
  readonly kinds: readonly string[];
  /** Where its certificate is, when it has one. */
  readonly secret: { readonly namespace: string; readonly name: string } | undefined;
  attached: number;
}

/** What became of one way from a route to a gateway. */
export interface ParentState {
  readonly index: number;
  readonly gateway: Gateway;
  readonly conditions: readonly Said[];
  /** Listeners that serve the route, with the hostnames both have. */
  readonly attached: readonly { readonly state: ListenerState; readonly hostnames: readonly string[] }[];
}

/** A backend of a rule: where to, or that nobody is there. */
export interface BackendState {
  readonly upstream: string | undefined;
  readonly weight: number;
}

/** A route with what became of it. */
export interface RouteState {
  readonly kind: 'HTTPRoute' | 'GRPCRoute';
  readonly route: HttpRoute;
  readonly valid: boolean;
  readonly parents: readonly ParentState[];
  /** Backends of each rule, in order. */
  readonly backends: readonly (readonly BackendState[])[];
  readonly mirrors: readonly (readonly string[])[];
}

/** A gateway of this controller with its listeners. */
export interface GatewayState {
  readonly gateway: Gateway;
  readonly valid: boolean;
  readonly conditions: readonly Said[];
  readonly listeners: readonly ListenerState[];
}

/** Servers behind a service's port. */
export interface UpstreamState {
  readonly name: string;
  readonly endpoints: readonly string[];
}

/** Everything at one moment. */
export interface Graph {
  readonly classes: readonly { readonly object: GatewayClass; readonly conditions: readonly Said[] }[];
  readonly gateways: readonly GatewayState[];
  readonly routes: readonly RouteState[];
  readonly upstreams: ReadonlyMap<string, UpstreamState>;
}
