import { type Check, type JudgePod, namedContainers, namesWhere, setters, unlessOwnUsers } from '../violation.js';

const REASON = 'runAsNonRoot != true';

const judge: JudgePod = (spec) => {
  const pod = spec.securityContext?.runAsNonRoot;
  const refusing = namesWhere(spec, ({ securityContext }) => securityContext?.runAsNonRoot === false);
  const who = setters(pod === false, refusing);
  if (who !== '') return { reason: REASON, detail: `${who} must not set securityContext.runAsNonRoot=false` };
  if (pod) return undefined;
  const silent = namesWhere(spec, ({ securityContext }) => securityContext?.runAsNonRoot == null);
  if (silent.length === 0) return undefined;
  return { reason: REASON, detail: `pod or ${namedContainers(silent)} must set securityContext.runAsNonRoot=true` };
};

/** Nobody runs as root. */
export const RUN_AS_NON_ROOT: Check = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { since: 0, judge },
    { since: 35, judge: unlessOwnUsers(judge) },
  ],
};
