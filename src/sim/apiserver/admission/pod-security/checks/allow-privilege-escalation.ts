import { type Check, type JudgePod, namedContainers, namesWhere, unlessWindows } from '../violation.js';

const judge: JudgePod = (spec) => {
  const bad = namesWhere(spec, ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false);
  if (bad.length === 0) return undefined;
  const detail = `${namedContainers(bad)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
};

/** No process gains more rights than its parent has. */
export const ALLOW_PRIVILEGE_ESCALATION: Check = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { since: 8, judge },
    { since: 25, judge: unlessWindows(judge) },
  ],
};
