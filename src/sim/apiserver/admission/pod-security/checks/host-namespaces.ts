import type { Check, JudgePod } from '../violation.js';

const FIELDS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

const judge: JudgePod = (spec) => {
  const shared = FIELDS.filter((field) => spec[field]).map((field) => `${field}=true`);
  return shared.length === 0 ? undefined : { reason: 'host namespaces', detail: shared.join(', ') };
};

/** Network, processes and IPC of the host are not shared. */
export const HOST_NAMESPACES: Check = { id: 'hostNamespaces', level: 'baseline', versions: [{ since: 0, judge }] };
