/** Rules of kernel parameters that a pod sets. */
import { duplicate, type FieldError, invalid, required } from '../../field-error.js';
import type { PodSpec } from '../../types/pod.js';

const SYSCTL = '([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL_LENGTH_MAX = 253;
/** Parameters that each IPC namespace has of its own; the short ones are how they were called before. */
const IPC_SYSCTLS = [
  ...['kernel.sem', 'kernel.shm', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced'],
  ...['kernel.msg', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni'],
];

/** Parameters: their names, each once, and none of a namespace that the pod shares with its host. */
export function validateSysctls(path: string, spec: PodSpec): FieldError[] {
  const names = new Set<string>();
  return (spec.securityContext?.sysctls ?? []).flatMap(({ name }, index) => {
    const at = `${path}[${index}].name`;
    const repeated = names.has(name);
    names.add(name);
    if (!name) return [required(at)];
    const errors: FieldError[] = [];
    if (name.length > SYSCTL_LENGTH_MAX || !new RegExp(`^${SYSCTL}$`).test(name)) {
      const words = `must have at most ${SYSCTL_LENGTH_MAX} characters and match regex ^${SYSCTL}$`;
      errors.push(invalid(at, name, words));
    } else if (repeated) errors.push(duplicate(at, name));
    const shared = sharedNamespace(name, spec);
    return shared ? [...errors, invalid(at, name, `may not be specified when '${shared}' is true`)] : errors;
  });
}

/** The field by which a pod shares the namespace of a parameter with its host, if it does. */
function sharedNamespace(name: string, { hostNetwork, hostIPC }: PodSpec): string | undefined {
  const [parameter = ''] = withDots(name).split('*');
  if (hostNetwork && parameter.startsWith('net.')) return 'hostNetwork';
  const isIpc = IPC_SYSCTLS.includes(parameter) || parameter.startsWith('fs.mqueue.');
  return hostIPC && isIpc ? 'hostIPC' : undefined;
}

/** Where a slash comes first, slashes and dots have changed places: net/ipv4/conf/eth0.1/… (sysctl.d). */
function withDots(name: string): string {
  if (!/^[^.]*\//.test(name)) return name;
  return name.replace(/[./]/g, (sign) => (sign === '.' ? '/' : '.'));
}
