/** networking.k8s.io/v1 Ingress, IngressClass, IPAddress and ServiceCIDR. */
import type { Condition, KubeObject } from '../object.js';

export interface Ingress extends KubeObject {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'Ingress';
  spec: IngressSpec;
  status?: IngressStatus;
}

export interface IngressSpec {
  ingressClassName?: string;
  defaultBackend?: IngressBackend;
  tls?: { hosts?: string[]; secretName?: string }[];
  rules?: IngressRule[];
}

export interface IngressRule {
  host?: string;
  http?: { paths?: IngressPath[] | null };
}

export interface IngressPath {
  path?: string;
  pathType?: string | null;
  backend: IngressBackend;
}

export interface IngressBackend {
  service?: { name: string; port?: { name?: string; number?: number } };
  resource?: { apiGroup?: string | null; kind: string; name: string };
}

export interface IngressStatus {
  loadBalancer?: { ingress?: { ip?: string; hostname?: string }[] };
}

export interface IngressClass extends KubeObject {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'IngressClass';
  spec: { controller?: string; parameters?: IngressClassParameters };
}

export interface IngressClassParameters {
  apiGroup?: string | null;
  kind: string;
  name: string;
  scope?: string | null;
  namespace?: string;
}

export interface IPAddress extends KubeObject {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'IPAddress';
  spec: { parentRef?: ParentReference };
}

export interface ParentReference {
  group?: string;
  resource?: string;
  namespace?: string;
  name?: string;
}

export interface ServiceCIDR extends KubeObject {
  apiVersion: 'networking.k8s.io/v1';
  kind: 'ServiceCIDR';
  spec: { cidrs?: string[] };
  status?: { conditions?: Condition[] };
}
