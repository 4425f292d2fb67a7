import { admissionPluginNames, isAdmissionPlugin } from '../admission/chain.js';
import type { Flags } from './flags.js';

const ENABLE = 'enable-admission-plugins';
const DISABLE = 'disable-admission-plugins';
/** The flag of old: exactly these, and no others. */
const ONLY = 'admission-control';

/** Which admission plug-ins flags turn on and off. What does not fit together is added to the problems, in the server's words. */
export function readPlugins(flags: Flags, problems: string[]): { enabled: string[]; disabled: string[] } {
  const enabled = flags.list(ENABLE);
  const disabled = flags.list(DISABLE);
  const only = flags.list(ONLY);
  if (flags.has(ONLY) && (flags.has(ENABLE) || flags.has(DISABLE))) {
    problems.push(`${ONLY} and ${ENABLE}/${DISABLE} flags are mutually exclusive`);
  }
  for (const [flag, names] of [[ONLY, only] as const, [ENABLE, enabled] as const, [DISABLE, disabled] as const]) {
    for (const name of names) {
      if (!isAdmissionPlugin(name)) problems.push(`${flag} plugin ${JSON.stringify(name)} is unknown`);
    }
  }
  const both = [...new Set(enabled.filter((name) => disabled.includes(name)))].sort();
  if (both.length > 0) problems.push(`[${both.join(' ')}] in ${ENABLE} and ${DISABLE} overlapped`);
  if (!flags.has(ONLY)) return { enabled, disabled };
  return { enabled: only, disabled: admissionPluginNames().filter((name) => !only.includes(name)) };
}
