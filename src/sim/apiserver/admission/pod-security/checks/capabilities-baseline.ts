import { type Check, containersOf, distinct, type JudgePod, namedContainers, quoted } from '../violation.js';

const DEFAULTS: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const judge: JudgePod = (spec) => {
  const added: string[] = [];
  const bad: string[] = [];
  for (const { name, securityContext } of containersOf(spec)) {
    const more = (securityContext?.capabilities?.add ?? []).filter((one) => !DEFAULTS.has(one));
    added.push(...more);
    if (more.length > 0) bad.push(name);
  }
  if (bad.length === 0) return undefined;
  return {
    reason: 'non-default capabilities',
    detail: `${namedContainers(bad)} must not include ${quoted(distinct(added))} in securityContext.capabilities.add`,
  };
};

/** No capabilities beyond those that a runtime gives by itself. */
export const CAPABILITIES_BASELINE: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [{ since: 0, judge }],
};
