import type { ImageFile } from '../api/container-image.js';
import { PUBLIC_BUNDLE, publicBundle } from '../client/pki/public-authority.js';
import { ALPINE_GROUPS, BUSYBOX_GROUPS } from './image-groups.js';

/** busybox's applets, as far as there are programs for them. */
const APPLETS: readonly string[] = (
  '[ ash awk base64 basename cat chgrp chmod chown chroot clear cp cut date dd df diff dirname dmesg du echo egrep env expr false fgrep ' +
  'find free grep gunzip gzip head hexdump hostname httpd id ifconfig install ip kill killall less ln ls lsof md5sum mkdir ' +
  'mkfifo mktemp more mount mv nc netstat nl nohup nproc nsenter nslookup od pgrep pidof ping pkill printenv printf ps pwd readlink ' +
  'realpath rev rm rmdir route sed seq sh sha1sum sha256sum sha512sum shuf sleep sort split stat strings stty su sync ' +
  'tac tail tar tee telnet test time timeout top touch tr traceroute true truncate tty umount uname uniq uptime usleep vi ' +
  'watch wc wget which who whoami xargs yes zcat'
).split(' ');

/** Names that run under another program's name: Debian's shell for scripts is dash. */
const PROGRAM_OF: Readonly<Record<string, string>> = { sh: 'dash', egrep: 'grep', fgrep: 'grep' };

/** Applets that are programs of their own here, or have none of busybox's; all others are busybox itself. */
const OWN_PROGRAMS = new Set(
  (
    'dd dmesg ifconfig install ip less lsof mkfifo nc netstat nslookup ping pwd route shuf split su telnet time ' +
    'traceroute usleep vi wget who expr sync httpd'
  ).split(' '),
);

/** busybox's applets in a folder, and busybox. */
function appletFiles(folder: string, names: readonly string[]): ImageFile[] {
  return ['busybox', ...names].map((name) => ({
    path: `${folder}/${name}`,
    program: OWN_PROGRAMS.has(name) ? name : 'busybox',
    mode: 0o755,
  }));
}

/** Files of programs below a folder. */
export function programFiles(folder: string, names: readonly string[]): ImageFile[] {
  return names.map((name) => ({ path: `${folder}/${name}`, program: PROGRAM_OF[name] ?? name, mode: 0o755 }));
}

const FOLDERS: readonly ImageFile[] = [
  { path: '/tmp', directory: true, mode: 0o1777 },
  { path: '/var/tmp', directory: true, mode: 0o1777 },
  { path: '/root', directory: true, mode: 0o700 },
  ...directories('/dev', '/etc', '/home', '/lib', '/proc', '/sys', '/usr/bin', '/usr/sbin', '/var/run'),
];

/** What Alpine and Debian have at the top beside what busybox has. */
const MORE_FOLDERS = directories('/media', '/mnt', '/opt', '/run', '/srv');

function directories(...paths: readonly string[]): ImageFile[] {
  return paths.map((path) => ({ path, directory: true, mode: 0o755 }));
}

/**
 * Accounts, one line each in the form of /etc/passwd; a group of each one's own comes with them where `known`, the lines
 * of /etc/group that there are, has none.
 */
export function accountFiles(lines: readonly string[], known: readonly string[] = []): ImageFile[] {
  const all = [
    'root:x:0:0:root:/root:/bin/sh',
    'daemon:x:1:1:daemon:/usr/sbin:/bin/false',
    'www-data:x:33:33:www-data:/var/www:/bin/false',
    ...lines,
    'nobody:x:65534:65534:nobody:/home:/bin/false',
  ];
  const numbers = new Set(known.map((line) => line.split(':')[2]));
  const own = all.flatMap((line) => {
    const [name, , , gid] = line.split(':');
    return numbers.has(gid) ? [] : [`${name === 'nobody' ? 'nogroup' : name}:x:${gid}:`];
  });
  const groups = [...known, ...own];
  return [
    { path: '/etc/passwd', content: all.map((line) => `${line}\n`).join('') },
    { path: '/etc/group', content: groups.map((line) => `${line}\n`).join('') },
    {
      path: '/etc/shadow',
      content: all.map((line) => `${line.split(':')[0]}:*:19834:0:99999:7:::\n`).join(''),
      mode: 0o640,
    },
  ];
}

/** A small Linux around busybox. */
export function busyboxFiles(accounts: readonly string[] = [], groups = BUSYBOX_GROUPS): ImageFile[] {
  return [...FOLDERS, ...accountFiles(accounts, groups), ...appletFiles('/bin', APPLETS)];
}

/** Alpine Linux: busybox with its own release files. */
export function alpineFiles(version: string, accounts: readonly string[] = []): ImageFile[] {
  return [
    ...busyboxFiles(accounts, ALPINE_GROUPS),
    ...MORE_FOLDERS,
    ...directories('/sbin'),
    { path: '/usr/bin/getent', program: 'musl-getent', mode: 0o755 },
    { path: PUBLIC_BUNDLE, lazy: publicBundle },
    { path: '/etc/alpine-release', content: `${version}\n` },
    {
      path: '/etc/os-release',
      content: `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${version}\nPRETTY_NAME="Alpine Linux v${version.split('.').slice(0, 2).join('.')}"\nHOME_URL="https://alpinelinux.org/"\n`,
    },
  ];
}

/** What of coreutils and friends a Debian image has. */
const DEBIAN_PROGRAMS = [
  ...APPLETS.filter(
    (name) => !/^(?:ash|httpd|nc|ping|telnet|top|ps|vi|wget|nslookup|ifconfig|netstat|less|watch|ip)$/.test(name),
  ),
  'bash',
  'getent',
  'groups',
];

/** Debian or Ubuntu as their slim images are: bash and coreutils, /bin a link to /usr/bin. */
export function debianFiles(
  release: string,
  accounts: readonly string[] = [],
  more: readonly string[] = [],
): ImageFile[] {
  return [
    ...FOLDERS,
    ...MORE_FOLDERS,
    ...directories('/boot', '/lib64'),
    { path: '/bin', link: 'usr/bin' },
    { path: '/sbin', link: 'usr/sbin' },
    { path: '/etc/debian_version', content: release.includes('Ubuntu') ? 'trixie/sid\n' : '13.2\n' },
    ...accountFiles(accounts),
    { path: '/etc/os-release', content: release },
    ...programFiles('/usr/bin', [...DEBIAN_PROGRAMS, ...more]),
  ];
}

export const DEBIAN_RELEASE = `PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
NAME="Debian GNU/Linux"
VERSION_ID="13"
VERSION="13 (trixie)"
VERSION_CODENAME=trixie
ID=debian
HOME_URL="https://www.debian.org/"
`;

export const UBUNTU_RELEASE = `PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
`;
