import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { objectsOf } from '../cluster-view.js';
import { called, hasEnded } from './facts.js';
import type { Invariant } from './invariant.js';

/** In the end nodes run the sandboxes of their pods, one of each, and no others. */
export const containersBelong: Invariant = {
  name: 'containers belong to pods',
  settled: ({ listed, sandboxes }) => {
    const findings: string[] = [];
    for (const [node, uids] of sandboxes) {
      const pods = objectsOf<Pod>(listed, 'pods').filter(({ spec }) => spec.nodeName === node);
      const known = new Map(pods.map((pod) => [runtimeUidOf(pod), pod]));
      for (const uid of uids) if (!known.has(uid)) findings.push(`on ${node} a sandbox of nobody runs: ${uid}`);
      for (const [uid, pod] of known) {
        const count = uids.filter((one) => one === uid).length;
        if (!hasEnded(pod) && count !== 1) findings.push(`${called(pod)} has ${count} sandboxes on ${node}`);
        if (hasEnded(pod) && count > 0) findings.push(`${called(pod)} has ended, and its sandbox has not`);
      }
    }
    return findings;
  },
};

/** The kubelet knows a pod of a manifest by the manifest's hash. */
function runtimeUidOf({ metadata }: Pod): string {
  return metadata.annotations?.['kubernetes.io/config.hash'] ?? metadata.uid ?? '';
}
