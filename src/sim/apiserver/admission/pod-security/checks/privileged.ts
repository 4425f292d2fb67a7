import { type Check, type JudgePod, namedContainers, namesWhere } from '../violation.js';

const judge: JudgePod = (spec) => {
  const bad = namesWhere(spec, ({ securityContext }) => securityContext?.privileged === true);
  if (bad.length === 0) return undefined;
  return { reason: 'privileged', detail: `${namedContainers(bad)} must not set securityContext.privileged=true` };
};

/** No container has all of the host's rights. */
export const PRIVILEGED: Check = { id: 'privileged', level: 'baseline', versions: [{ since: 0, judge }] };
