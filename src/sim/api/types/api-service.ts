/** apiregistration.k8s.io/v1 APIService. */
import type { KubeObject } from '../object.js';

export interface APIService extends KubeObject {
  spec: APIServiceSpec;
  status?: { conditions?: APIServiceCondition[] };
}

export interface APIServiceSpec {
  service?: { namespace?: string; name?: string; port?: number };
  group?: string;
  version?: string;
  insecureSkipTLSVerify?: boolean;
  caBundle?: string;
  groupPriorityMinimum: number;
  versionPriority: number;
}

export interface APIServiceCondition {
  type: string;
  status: string;
  lastTransitionTime?: string | null;
  reason?: string;
  message?: string;
}
