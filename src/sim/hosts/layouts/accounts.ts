import type { FileTree } from '../file-tree/file-tree.js';

/** A person's account; everybody else on the machine is a service. */
export interface Person {
  readonly name: string;
  readonly uid: number;
  /** Groups beside his own, by name. */
  readonly groups?: readonly string[];
  /** May do everything by sudo without a password. */
  readonly sudo?: boolean;
}

export const CANDIDATE: Person = { name: 'candidate', uid: 1000, groups: ['adm', 'sudo'], sudo: true };

const NOLOGIN = '/usr/sbin/nologin';

/** name:uid:gid:comment:home, as Ubuntu 24.04 numbers its service accounts. */
const SERVICES: readonly string[] = [
  'daemon:1:1:daemon:/usr/sbin',
  'bin:2:2:bin:/bin',
  'sys:3:3:sys:/dev',
  'man:6:12:man:/var/cache/man',
  'mail:8:8:mail:/var/mail',
  'www-data:33:33:www-data:/var/www',
  'backup:34:34:backup:/var/backups',
  '_apt:42:65534::/nonexistent',
  'nobody:65534:65534:nobody:/nonexistent',
  'systemd-network:998:998:systemd Network Management:/',
  'systemd-timesync:996:996:systemd Time Synchronization:/',
  'messagebus:101:101::/nonexistent',
  'syslog:102:102::/nonexistent',
  'systemd-resolve:991:991:systemd Resolver:/',
  'sshd:103:65534::/run/sshd',
];

const GROUPS: readonly (readonly [name: string, gid: number])[] = [
  ['root', 0],
  ['daemon', 1],
  ['bin', 2],
  ['sys', 3],
  ['adm', 4],
  ['tty', 5],
  ['disk', 6],
  ['mail', 8],
  ['man', 12],
  ['sudo', 27],
  ['www-data', 33],
  ['backup', 34],
  ['shadow', 42],
  ['utmp', 43],
  ['staff', 50],
  ['users', 100],
  ['messagebus', 101],
  ['syslog', 102],
  ['systemd-resolve', 991],
  ['systemd-timesync', 996],
  ['systemd-network', 998],
  ['systemd-journal', 999],
  ['nogroup', 65534],
];

const SHADOW_GROUP = 42;
/** Days since the epoch of the last change of a password. */
const PASSWORD_DAY = 19834;

/** Puts the account files and the home directories of root and of these people into a tree. */
export function putAccounts(tree: FileTree, people: readonly Person[]): void {
  const passwd = [
    'root:x:0:0:root:/root:/bin/bash',
    ...SERVICES.map((service) => {
      const [name, uid, gid, comment, home] = service.split(':');
      return `${name}:x:${uid}:${gid}:${comment}:${home}:${NOLOGIN}`;
    }),
    ...people.map(({ name, uid }) => `${name}:x:${uid}:${uid}::/home/${name}:/bin/bash`),
  ];
  const membersOf = (group: string) => people.filter(({ groups }) => groups?.includes(group)).map(({ name }) => name);
  const group = [
    ...GROUPS.map(([name, gid]) => `${name}:x:${gid}:${membersOf(name).join(',')}`),
    ...people.map(({ name, uid }) => `${name}:x:${uid}:`),
  ];
  const names = passwd.map((line) => line.split(':')[0] ?? '');
  const shadow = names.map((name) => `${name}:${name === 'root' ? '*' : '!'}:${PASSWORD_DAY}:0:99999:7:::`);
  tree.put('/etc/passwd', lines(passwd));
  tree.put('/etc/group', lines(group));
  tree.put('/etc/shadow', lines(shadow), { group: SHADOW_GROUP, mode: 0o640 });
  tree.put('/etc/gshadow', lines(group.map((line) => line.replace(/:x:\d+:/, ':*::'))), {
    group: SHADOW_GROUP,
    mode: 0o640,
  });
  putSudoers(tree, people);
}

function lines(rows: readonly string[]): string {
  return rows.map((row) => `${row}\n`).join('');
}

function putSudoers(tree: FileTree, people: readonly Person[]): void {
  const sudoers = [
    'Defaults\tenv_reset',
    'Defaults\tmail_badpass',
    'Defaults\tsecure_path="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/snap/bin"',
    'Defaults\tuse_pty',
    '',
    'root\tALL=(ALL:ALL) ALL',
    '%admin ALL=(ALL) ALL',
    '%sudo\tALL=(ALL:ALL) ALL',
    '',
    '@includedir /etc/sudoers.d',
  ];
  tree.put('/etc/sudoers', lines(sudoers), { mode: 0o440 });
  tree.putDirectory('/etc/sudoers.d', { mode: 0o750 });
  for (const { name, sudo } of people) {
    if (sudo) tree.put(`/etc/sudoers.d/${name}`, `${name} ALL=(ALL) NOPASSWD:ALL\n`, { mode: 0o440 });
  }
}
