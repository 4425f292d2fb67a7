import { confines, unconfined } from '../seccomp.js';
import { type Check, type JudgePod, namedContainers, namesWhere, unlessWindows } from '../violation.js';

const judge: JudgePod = (spec) => {
  const bad = unconfined(spec);
  if (bad) return bad;
  const ofPod = spec.securityContext?.seccompProfile;
  if (ofPod && confines(ofPod)) return undefined;
  const silent = namesWhere(spec, ({ securityContext }) => securityContext?.seccompProfile == null);
  if (silent.length === 0) return undefined;
  const wanted = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return { reason: 'seccompProfile', detail: `pod or ${namedContainers(silent)} ${wanted}` };
};

const replaces = ['seccompProfile_baseline'];

/** Everybody is confined to some system calls. */
export const SECCOMP_PROFILE_RESTRICTED: Check = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  versions: [
    { since: 19, judge, replaces },
    { since: 25, judge: unlessWindows(judge), replaces },
  ],
};
