import { type Check, type JudgePod, namesWhere, setters } from '../violation.js';

const judge: JudgePod = (spec) => {
  const bad = namesWhere(spec, ({ securityContext }) => securityContext?.windowsOptions?.['hostProcess'] === true);
  const who = setters(spec.securityContext?.windowsOptions?.['hostProcess'] === true, bad);
  if (who === '') return undefined;
  return { reason: 'hostProcess', detail: `${who} must not set securityContext.windowsOptions.hostProcess=true` };
};

/** No processes of a Windows host itself. */
export const WINDOWS_HOST_PROCESS: Check = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};
