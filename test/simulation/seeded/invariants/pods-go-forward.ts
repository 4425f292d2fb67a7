import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { called, hasEnded } from './facts.js';
import type { Invariant } from './invariant.js';

const MIRROR = 'kubernetes.io/config.mirror';

/** A pod stays where it is, ends once, and forgets no restart. */
export const podsGoForward: Invariant = {
  name: 'pods go forward',
  told: ({ plural, before, after }) => {
    if (plural !== 'pods' || !before || !after || before.metadata.uid !== after.metadata.uid) return [];
    const [was, is] = [before as unknown as Pod, after as unknown as Pod];
    const findings: string[] = [];
    const say = (what: string) => findings.push(`${called(is)} ${what}`);
    if (was.spec.nodeName !== undefined && is.spec.nodeName !== was.spec.nodeName)
      say(`went from ${was.spec.nodeName} to ${is.spec.nodeName}`);
    if (hasEnded(was) && is.status?.phase !== was.status?.phase)
      say(`was ${was.status?.phase} and is ${is.status?.phase}`);
    // With a new sandbox, such as after a reboot, init containers run again.
    if (was.status?.phase === 'Running' && is.status?.phase === 'Pending' && !is.spec.initContainers)
      say('ran and is Pending again');
    if (was.metadata.deletionTimestamp !== undefined && is.metadata.deletionTimestamp === undefined)
      say('was to go and is to stay');
    // A static pod whose manifest went and came is begun anew; its mirror stays when the server was away meanwhile.
    if (MIRROR in (is.metadata.annotations ?? {})) return findings;
    for (const { name, restartCount } of was.status?.containerStatuses ?? []) {
      const now = is.status?.containerStatuses?.find((one) => one.name === name);
      if (now && now.restartCount < restartCount)
        say(`had ${restartCount} restarts of ${name} and has ${now.restartCount}`);
    }
    return findings;
  },
};
