import type { ApiClient } from '../../client/client.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** What the lab wrote beside the fault's name. */
export type FaultParameters = Readonly<Record<string, unknown>>;

/** What a cluster's fault is made with: it runs as root on the control plane, with the administrator's client. */
export interface FaultContext {
  readonly sys: Sys;
  readonly client: ApiClient;
  readonly parameters: FaultParameters;
}

/** A fault is a change to the machine that has the symptom as its consequence, never the symptom itself. */
export type Fault = ClusterFault | HostFault;

/** A change to the cluster's objects. */
export interface ClusterFault {
  readonly name: string;
  apply(context: FaultContext): Waiting<void>;
}

/** A change to one host, made as root on the host that the lab names as `node`; without one on the control plane. */
export interface HostFault {
  readonly name: string;
  applyOnHost(sys: Sys, parameters: FaultParameters): Waiting<void>;
}
