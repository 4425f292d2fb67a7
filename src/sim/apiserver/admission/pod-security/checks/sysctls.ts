import type { Check, JudgePod } from '../violation.js';

const SINCE_0 = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
];
const SINCE_27 = [...SINCE_0, 'net.ipv4.ip_local_reserved_ports'];
const SINCE_29 = [
  ...SINCE_27,
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
];
const SINCE_32 = [...SINCE_29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];

const judgeWith =
  (allowed: readonly string[]): JudgePod =>
  (spec) => {
    const bad = (spec.securityContext?.sysctls ?? []).filter(({ name }) => !allowed.includes(name));
    if (bad.length === 0) return undefined;
    return { reason: 'forbidden sysctls', detail: bad.map(({ name }) => name).join(', ') };
  };

/** Only settings of the kernel that stay inside of a pod. */
export const SYSCTLS: Check = {
  id: 'sysctls',
  level: 'baseline',
  versions: [
    { since: 0, judge: judgeWith(SINCE_0) },
    { since: 27, judge: judgeWith(SINCE_27) },
    { since: 29, judge: judgeWith(SINCE_29) },
    { since: 32, judge: judgeWith(SINCE_32) },
  ],
};
