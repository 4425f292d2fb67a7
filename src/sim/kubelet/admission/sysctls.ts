import type { Pod } from '../../api/types/pod.js';
import { dotted } from '../pods/sandbox.js';
import type { AdmissionGate } from './admission.js';

/** Settings that change nothing outside their pod. */
const SAFE = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
];

/** Turns away pods that want a setting changed that is neither safe nor allowed on this node (kubelet sysctl allowlist). */
export function sysctlGate(allowedUnsafe: readonly string[]): AdmissionGate {
  const patterns = [...SAFE, ...allowedUnsafe].map((pattern) => dotted(pattern));
  return (pod) => {
    for (const { name } of pod.spec.securityContext?.sysctls ?? []) {
      const why = objection(dotted(name), patterns, pod);
      if (why) return { reason: 'SysctlForbidden', message: `forbidden sysctl: ${why}` };
    }
    return undefined;
  };
}

function objection(name: string, patterns: readonly string[], { spec }: Pod): string | undefined {
  const quoted = JSON.stringify(name);
  const allowed = patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name,
  );
  if (!allowed) return `${quoted} not allowlisted`;
  // What the host's namespace holds is not the pod's to change.
  if (name.startsWith('net.')) return spec.hostNetwork ? `${quoted} not allowed with host Net enabled` : undefined;
  return spec.hostIPC ? `${quoted} not allowed with host IPC enabled` : undefined;
}
