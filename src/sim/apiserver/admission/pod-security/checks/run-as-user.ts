import { type Check, type JudgePod, namesWhere, setters, unlessOwnUsers } from '../violation.js';

const judge: JudgePod = (spec) => {
  const roots = namesWhere(spec, ({ securityContext }) => securityContext?.runAsUser === 0);
  const who = setters(spec.securityContext?.runAsUser === 0, roots);
  return who === '' ? undefined : { reason: 'runAsUser=0', detail: `${who} must not set runAsUser=0` };
};

/** Nobody asks to be root. */
export const RUN_AS_USER: Check = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { since: 23, judge },
    { since: 35, judge: unlessOwnUsers(judge) },
  ],
};
