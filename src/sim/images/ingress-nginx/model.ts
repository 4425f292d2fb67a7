import type { Ingress } from '../../api/types/networking.js';
import type { Service } from '../../api/types/service.js';
import type { Annotations } from './annotations.js';

/** Where the catch-all server keeps its place among the others. */
export const DEFAULT_SERVER = '_';
/** The backend of everything that no rule is about. */
export const DEFAULT_BACKEND = 'upstream-default-backend';

/** An ingress with what its annotations say. */
export interface ParsedIngress {
  readonly ingress: Ingress;
  readonly annotations: Annotations;
}

/** One address behind a backend. */
export interface Endpoint {
  readonly address: string;
  readonly port: string;
}

/** Whose turn it is to be the other version (canary). */
export interface TrafficShaping {
  readonly weight: number;
  readonly weightTotal: number;
  readonly header: string;
  readonly headerValue: string;
  readonly headerPattern: string;
  readonly cookie: string;
}

/** A session that sticks to one endpoint by a cookie. */
export interface Stickiness {
  readonly cookie: string;
  readonly path: string;
  readonly maxAge: string;
}

/** A service's port as nginx's balancer knows it, `namespace-service-port`. */
export interface Backend {
  readonly name: string;
  service: Service | undefined;
  endpoints: readonly Endpoint[];
  /** It is only ever another one's alternative. */
  noServer: boolean;
  traffic: TrafficShaping | undefined;
  sticky: Stickiness | undefined;
  alternatives: string[];
}

/** A certificate with its key, of a Secret or made by the controller itself. */
export interface SslCertificate {
  readonly uid: string;
  readonly certificate: string;
  readonly key: string;
}

/** One path of a server. */
export interface Location {
  path: string;
  pathType: string;
  /** As the ingress says it, without the slash that is added. */
  ingressPath: string;
  backend: string;
  isDefault: boolean;
  ingress: Ingress | undefined;
  service: Service | undefined;
  annotations: Annotations | undefined;
  accessLog: boolean;
}

/** One host. */
export interface Server {
  readonly hostname: string;
  aliases: string[];
  locations: Location[];
  certificate: SslCertificate | undefined;
  snippet: string;
}

/** All that a state of the cluster comes to. */
export interface Routing {
  readonly backends: readonly Backend[];
  readonly servers: readonly Server[];
}
