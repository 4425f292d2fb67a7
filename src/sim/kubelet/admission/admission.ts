import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import { isCritical } from '../resources/priorities.js';
import { generalReasons, type Reason, reasonWords, type Shortage } from './predicates.js';
import { PreemptionError, podsToPreempt } from './preemption.js';

/** Why kubelet does not run a pod. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

/** What becomes of a pod that comes to the node; a refusal may be due to labels or taints the node has no more. */
export type Admission =
  | { readonly refused: Refusal; readonly perhapsStale: boolean }
  | { readonly victims: readonly Pod[] };

/** Says no for the whole node, whatever the pod asks for; undefined when it may come. */
export type AdmissionGate = (pod: Pod) => Refusal | undefined;

/**
 * Whether a pod may run beside those that do (lifecycle predicateAdmitHandler); for a critical one others may have to
 * go. `gates` are asked before, in their order.
 */
export function admit(pod: Pod, node: Node, others: readonly Pod[], gates: readonly AdmissionGate[]): Admission {
  for (const gate of gates) {
    const refused = gate(pod);
    if (refused) return { refused, perhapsStale: false };
  }
  const system = osRefusal(pod);
  if (system) return { refused: system, perhapsStale: false };
  const reasons = generalReasons(pod, node, others);
  const [first] = reasons;
  if (!first) return { victims: [] };
  const perhapsStale = reasons.every(({ kind }) => kind === 'mismatch');
  if (perhapsStale || !isCritical(pod)) return { refused: reasonWords(first), perhapsStale };
  return makeRoom(pod, others, reasons);
}

function makeRoom(pod: Pod, others: readonly Pod[], reasons: readonly Reason[]): Admission {
  const mismatch = reasons.find(({ kind }) => kind === 'mismatch');
  if (mismatch) return { refused: reasonWords(mismatch), perhapsStale: false };
  try {
    return { victims: podsToPreempt(pod, others, reasons as readonly Shortage[]) };
  } catch (error) {
    if (!(error instanceof PreemptionError)) throw error;
    const why = `preemption: error finding a set of pods to preempt: ${error.message}`;
    return {
      refused: {
        reason: 'UnexpectedAdmissionError',
        message: `Unexpected error while attempting to recover from admission failure: ${why}`,
      },
      perhapsStale: false,
    };
  }
}

function osRefusal({ metadata, spec }: Pod): Refusal | undefined {
  const label = metadata.labels?.['kubernetes.io/os'];
  if (label !== undefined && label !== 'linux') {
    return {
      reason: 'PodOSSelectorNodeLabelDoesNotMatch',
      message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    };
  }
  if (spec.os === undefined || spec.os.name === 'linux') return undefined;
  return { reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" };
}
