import type { Credentials } from './files.js';

/** What a process may do that others may not (capabilities(7)), in the order of the kernel's numbers. */
export const CAPABILITIES = [
  'CHOWN',
  'DAC_OVERRIDE',
  'DAC_READ_SEARCH',
  'FOWNER',
  'FSETID',
  'KILL',
  'SETGID',
  'SETUID',
  'SETPCAP',
  'LINUX_IMMUTABLE',
  'NET_BIND_SERVICE',
  'NET_BROADCAST',
  'NET_ADMIN',
  'NET_RAW',
  'IPC_LOCK',
  'IPC_OWNER',
  'SYS_MODULE',
  'SYS_RAWIO',
  'SYS_CHROOT',
  'SYS_PTRACE',
  'SYS_PACCT',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_NICE',
  'SYS_RESOURCE',
  'SYS_TIME',
  'SYS_TTY_CONFIG',
  'MKNOD',
  'LEASE',
  'AUDIT_WRITE',
  'AUDIT_CONTROL',
  'SETFCAP',
  'MAC_OVERRIDE',
  'MAC_ADMIN',
  'SYSLOG',
  'WAKE_ALARM',
  'BLOCK_SUSPEND',
  'AUDIT_READ',
  'PERFMON',
  'BPF',
  'CHECKPOINT_RESTORE',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/**
 * Whether somebody has a capability: root has those of its bounding set, which outside containers are all, and nobody
 * else has any (containers get no ambient ones).
 */
export function capable({ uid, bounding }: Credentials, capability: Capability): boolean {
  return uid === 0 && (bounding === undefined || bounding.has(capability));
}

/** A set of capabilities as /proc shows it; undefined stands for all. */
export function capabilityMask(set: ReadonlySet<Capability> | undefined): string {
  let mask = 0n;
  CAPABILITIES.forEach((name, bit) => {
    if (set === undefined || set.has(name)) mask |= 1n << BigInt(bit);
  });
  return mask.toString(16).padStart(16, '0');
}

/** Other credentials under the same bounds: neither another user nor a child gets out of them. */
export function withinBounds(credentials: Credentials, { bounding, noNewPrivileges }: Credentials): Credentials {
  if (bounding === undefined && !noNewPrivileges) return credentials;
  return {
    ...credentials,
    ...(bounding === undefined ? {} : { bounding }),
    ...(noNewPrivileges ? { noNewPrivileges } : {}),
  };
}
