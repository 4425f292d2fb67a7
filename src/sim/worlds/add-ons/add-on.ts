import type { KubeObject } from '../../api/object.js';
import type { WorldPlan } from '../plan.js';

/** Software that is installed into a cluster after it was made, as people do with `kubectl apply -f` or helm. */
export interface AddOn {
  /** As worlds ask for it (`addons: [metrics-server]`). */
  readonly name: string;
  /**
   * What its project's manifest makes, in the order it is applied, with what has to be changed for it to run in a
   * kubeadm cluster already changed.
   */
  readonly objects: () => readonly KubeObject[];
  /** What it changes of the machines themselves. */
  readonly machines?: Pick<WorldPlan, 'cloud'>;
}
