import { type Check, type JudgePod, plural, quoted } from '../violation.js';

const judge: JudgePod = (spec) => {
  const bad = (spec.volumes ?? []).filter(({ hostPath }) => hostPath != null).map(({ name }) => name);
  if (bad.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', bad.length)} ${quoted(bad)}` };
};

/** The host's files are not mounted. */
export const HOST_PATH_VOLUMES: Check = { id: 'hostPathVolumes', level: 'baseline', versions: [{ since: 0, judge }] };
