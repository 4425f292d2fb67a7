import type { ApiClient } from '../../client/client.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** What a fault is made with: it runs as root on the control plane, with the administrator's client. */
export interface FaultContext {
  readonly sys: Sys;
  readonly client: ApiClient;
  /** What the lab wrote beside the fault's name. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** A fault is a change to the machine that has the symptom as its consequence, never the symptom itself. */
export interface Fault {
  readonly name: string;
  apply(context: FaultContext): Waiting<void>;
}
