import { describe } from 'vitest';
import { playRows, type Row } from './container-rows.js';

const caps = (add: string[], drop: string[] = []) => ({ securityContext: { capabilities: { add, drop } } });
const user = (runAsUser: number, rest: Record<string, unknown> = {}) => ({ securityContext: { runAsUser, ...rest } });
const CAPS = 'grep -E "^Cap(Prm|Eff|Bnd)" /proc/1/status | tr "\\t" " "';
const all = (mask: string) => `CapPrm: ${mask}\nCapEff: ${mask}\nCapBnd: ${mask}\n`;

const ROWS: Row[] = [
  // Who.
  {
    says: 'root where nobody says otherwise',
    script: 'id',
    output: 'uid=0(root) gid=0(root) groups=0(root),10(wheel)\n',
  },
  {
    says: 'runAsUser without a name',
    script: 'id',
    container: user(1000),
    output: 'uid=1000 gid=0(root) groups=0(root)\n',
  },
  {
    says: 'runAsUser, runAsGroup, fsGroup and supplementalGroups',
    script: 'id',
    spec: { securityContext: { runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000, supplementalGroups: [4000] } },
    output: 'uid=1000 gid=3000 groups=2000,3000,4000\n',
  },
  {
    says: "the container's user counts before the pod's",
    script: 'id -u',
    container: user(2000),
    spec: { securityContext: { runAsUser: 1000 } },
    output: '2000\n',
  },
  {
    says: 'Strict leaves out what the image says of groups',
    script: 'id',
    spec: { securityContext: { supplementalGroupsPolicy: 'Strict', supplementalGroups: [5] } },
    output: 'uid=0(root) gid=0(root) groups=0(root),5(tty)\n',
  },
  // What root may do.
  { says: 'the capabilities of everyday', script: CAPS, output: all('00000000a80425fb') },
  { says: 'all dropped', script: CAPS, container: caps([], ['ALL']), output: all('0000000000000000') },
  {
    says: 'all dropped, in small letters',
    script: CAPS,
    container: caps([], ['all']),
    output: all('0000000000000000'),
  },
  {
    says: 'all dropped but one',
    script: CAPS,
    container: caps(['NET_BIND_SERVICE'], ['ALL']),
    output: all('0000000000000400'),
  },
  { says: 'two more', script: CAPS, container: caps(['NET_ADMIN', 'SYS_TIME']), output: all('00000000aa0435fb') },
  { says: 'all added', script: CAPS, container: caps(['ALL']), output: all('000001ffffffffff') },
  { says: 'all but one', script: CAPS, container: caps(['ALL'], ['SYS_ADMIN']), output: all('000001ffffdfffff') },
  { says: 'a name that there is not', script: CAPS, container: caps(['FLY']), output: all('00000000a80425fb') },
  {
    says: 'privileged',
    script: CAPS,
    container: { securityContext: { privileged: true } },
    output: all('000001ffffffffff'),
  },
  {
    says: 'nobody but root has them',
    script: CAPS,
    container: user(1000, { capabilities: { add: ['SYS_TIME'] } }),
    output: 'CapPrm: 0000000000000000\nCapEff: 0000000000000000\nCapBnd: 00000000aa0425fb\n',
  },
  {
    says: 'no new privileges',
    script: 'grep NoNewPrivs /proc/1/status',
    container: { securityContext: { allowPrivilegeEscalation: false } },
    output: 'NoNewPrivs:\t1\n',
  },
  {
    says: 'chown without CHOWN',
    script: 'touch /f; chown 1 /f',
    container: caps([], ['CHOWN']),
    output: 'chown: /f: Operation not permitted\n',
  },
  { says: 'chown with it', script: 'touch /f; chown 1 /f; stat -c %u /f', output: '1\n' },
  {
    says: 'without DAC_OVERRIDE a mode counts for root too',
    script: 'touch /f; chmod 000 /f; cat /f',
    container: caps([], ['DAC_OVERRIDE']),
    output: "cat: can't open '/f': Permission denied\n",
  },
  {
    says: 'without FOWNER only the owner changes a mode',
    script: 'touch /f; chown 1 /f; chmod 600 /f',
    container: caps([], ['FOWNER']),
    output: 'chmod: /f: Operation not permitted\n',
  },
  {
    says: 'chroot without SYS_CHROOT',
    script: 'chroot / true',
    container: caps([], ['SYS_CHROOT']),
    output: "chroot: can't change root directory to '/': Operation not permitted\n",
  },
  // What is confined.
  { says: 'unconfined by default', script: 'grep ^Seccomp: /proc/1/status', output: 'Seccomp:\t0\n' },
  {
    says: "the runtime's profile",
    script: 'grep ^Seccomp /proc/1/status',
    spec: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    output: 'Seccomp:\t2\nSeccomp_filters:\t1\n',
  },
  {
    says: 'a privileged container is never sifted',
    script: 'grep ^Seccomp: /proc/1/status',
    container: { securityContext: { privileged: true, seccompProfile: { type: 'RuntimeDefault' } } },
    output: 'Seccomp:\t0\n',
  },
  {
    says: 'a profile of the node',
    script: 'mkdir /d; touch /f; chmod 600 /f; ls -d /f',
    container: { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'no-mkdir.json' } } },
    output: "mkdir: can't create directory '/d': Operation not permitted\nchmod: /f: Permission denied\n/f\n",
  },
  {
    says: 'a profile that kills',
    script: 'sh -c "chroot / true"; echo $?',
    container: { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'no-mkdir.json' } } },
    output: 'Bad system call\n159\n',
  },
  // What the kernel is set to.
  {
    says: 'everybody may listen where he likes',
    script: 'cat /proc/sys/net/ipv4/ip_unprivileged_port_start',
    output: '0\n',
  },
  {
    says: "on the host's network it is the host's",
    script: 'cat /proc/sys/net/ipv4/ip_unprivileged_port_start',
    spec: { hostNetwork: true },
    output: '1024\n',
  },
  {
    says: 'sysctls of the pod',
    script: 'cat /proc/sys/net/ipv4/ip_local_port_range /proc/sys/kernel/shm_rmid_forced',
    spec: {
      securityContext: {
        sysctls: [
          { name: 'net.ipv4.ip_local_port_range', value: '1024 65535' },
          { name: 'kernel/shm_rmid_forced', value: '1' },
        ],
      },
    },
    output: '1024\t65535\n1\n',
  },
  {
    says: '/proc/sys is read-only',
    script: 'echo 1 > /proc/sys/kernel/shm_rmid_forced',
    output: "sh: can't create /proc/sys/kernel/shm_rmid_forced: Read-only file system\n",
  },
  {
    says: 'but not in a privileged container',
    script: 'echo 1 > /proc/sys/net/ipv4/ip_unprivileged_port_start; cat /proc/sys/net/ipv4/ip_unprivileged_port_start',
    container: { securityContext: { privileged: true } },
    output: '1\n',
  },
  {
    says: 'a read-only root',
    script: 'touch /f; touch /data/f && ls /data',
    container: {
      securityContext: { readOnlyRootFilesystem: true },
      volumeMounts: [{ name: 'work', mountPath: '/data' }],
    },
    spec: { volumes: [{ name: 'work', emptyDir: {} }] },
    output: 'touch: /f: Read-only file system\nf\n',
  },
];

const PROFILE = {
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [
    { names: ['mkdir', 'mkdirat'], action: 'SCMP_ACT_ERRNO' },
    { names: ['chmod', 'fchmod', 'fchmodat'], action: 'SCMP_ACT_ERRNO', errnoRet: 13 },
    { names: ['chroot'], action: 'SCMP_ACT_KILL' },
  ],
};

describe('who a container is and what it may do', () => {
  const files = { '/var/lib/kubelet/seccomp/no-mkdir.json': JSON.stringify(PROFILE) };
  playRows(ROWS, { files });
});
