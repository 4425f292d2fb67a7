import { PUBLIC_BUNDLE, publicBundle } from '../../client/pki/public-authority.js';
import { encodeText } from '../../kernel/bytes.js';
import { executableImage } from '../../kernel/executable.js';
import type { Random } from '../../kernel/random.js';
import type { FileTree } from '../file-tree/file-tree.js';
import { KERNEL_RELEASE, moduleDependencies, moduleFiles } from '../proc/modules.js';
import type { Person } from './accounts.js';
import { CANDIDATE, putAccounts } from './accounts.js';
import { putCompletion } from './bash-completion.js';
import type { KeyPair } from './homes.js';
import { putHomes } from './homes.js';
import { putUnits } from './units.js';

/** A program's file: where it lies and which program of the kernel's list it is. */
export interface ProgramFile {
  readonly path: string;
  readonly program: string;
  readonly mode?: number;
}

/** What makes one machine differ from the next. */
export interface LayoutOptions {
  readonly hostname: string;
  readonly programs: Iterable<ProgramFile>;
  readonly random: Random;
  readonly people?: readonly Person[];
  /** Lines of /etc/hosts beside the machine's own. */
  readonly hosts?: readonly { readonly address: string; readonly names: readonly string[] }[];
  readonly nameservers?: readonly string[];
  readonly search?: readonly string[];
  /** `k` and its completion, as on the exam's hosts. */
  readonly exam?: boolean;
  /** What bash reads to complete the words of a command, by the command's name. */
  readonly completions?: Readonly<Record<string, string>>;
  /** The key pair of the people here, and the public keys whose owners may log in. */
  readonly key?: KeyPair;
  readonly authorized?: readonly string[];
}

const PATH_DEFAULT = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const OS_RELEASE = `PRETTY_NAME="Ubuntu 24.04.3 LTS"
NAME="Ubuntu"
VERSION_ID="24.04"
VERSION="24.04.3 LTS (Noble Numbat)"
VERSION_CODENAME=noble
ID=ubuntu
ID_LIKE=debian
HOME_URL="https://www.ubuntu.com/"
SUPPORT_URL="https://help.ubuntu.com/"
BUG_REPORT_URL="https://bugs.launchpad.net/ubuntu/"
PRIVACY_POLICY_URL="https://www.ubuntu.com/legal/terms-and-policies/privacy-policy"
UBUNTU_CODENAME=noble
LOGO=ubuntu-logo
`;

const ETC_PROFILE = `# /etc/profile: read by login shells of everybody.
if [ "\${PS1-}" ]; then
  if [ "\${BASH-}" ] && [ "$BASH" != "/bin/sh" ]; then
    if [ -f /etc/bash.bashrc ]; then
      . /etc/bash.bashrc
    fi
  else
    if [ "$(id -u)" -eq 0 ]; then
      PS1='# '
    else
      PS1='$ '
    fi
  fi
fi
if [ -d /etc/profile.d ]; then
  for i in /etc/profile.d/*.sh; do
    if [ -r "$i" ]; then
      . "$i"
    fi
  done
  unset i
fi
`;

const ETC_BASHRC = `# /etc/bash.bashrc: read by interactive shells of everybody.
[ -z "\${PS1-}" ] && return
shopt -s checkwinsize
PS1='\\u@\\h:\\w\\$ '
`;

const DIRECTORIES: readonly (readonly [path: string, mode: number])[] = [
  ['/boot', 0o755],
  ['/media', 0o755],
  ['/mnt', 0o755],
  ['/opt', 0o755],
  ['/srv', 0o755],
  ['/tmp', 0o1777],
  ['/usr/local/bin', 0o755],
  ['/usr/local/sbin', 0o755],
  ['/usr/share', 0o755],
  ['/var/cache', 0o755],
  ['/var/lib', 0o755],
  ['/var/spool', 0o755],
  ['/var/tmp', 0o1777],
  ['/etc/profile.d', 0o755],
  ['/etc/modules-load.d', 0o755],
  ['/etc/sysctl.d', 0o755],
];

const SYSLOG_USER = 102;
const ADM_GROUP = 4;

/** Puts an installed Ubuntu 24.04 server, as far as anybody looks at it, into an empty tree. */
export function putDebian(tree: FileTree, options: LayoutOptions): void {
  const people = options.people ?? [CANDIDATE];
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) {
    tree.putDirectory(`/usr/${name}`);
    tree.putLink(`/${name}`, `usr/${name}`);
  }
  for (const [path, mode] of DIRECTORIES) tree.putDirectory(path, { mode });
  tree.putLink('/var/run', '/run');
  putEtc(tree, options);
  putAccounts(tree, people);
  putHomes(tree, people, { exam: options.exam ?? false, key: options.key, authorized: options.authorized ?? [] });
  const [person] = people;
  tree.putDirectory('/opt/course', person ? { owner: person.uid, group: person.uid } : {});
  putCompletion(tree, options.completions ?? {});
  putLogs(tree);
  putUnits(tree);
  const modules = `/lib/modules/${KERNEL_RELEASE}`;
  tree.setLazyFile(`${modules}/modules.dep`, () => encodeText(moduleDependencies()));
  for (const [path, info] of moduleFiles()) tree.setLazyFile(`${modules}/${path}`, () => encodeText(info));
  for (const { path, program, mode } of options.programs)
    tree.put(path, executableImage(program), { mode: mode ?? 0o755 });
  tree.putLink('/usr/bin/sh', 'dash');
}

function putEtc(tree: FileTree, options: LayoutOptions): void {
  const { hostname, hosts = [], nameservers = [], search = [] } = options;
  const own = hosts.some(({ names }) => names.includes(hostname)) ? [] : [`127.0.1.1 ${hostname}`];
  const known = hosts.map(({ address, names }) => `${address} ${names.join(' ')}`);
  const resolv = [
    ...nameservers.map((address) => `nameserver ${address}`),
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
  ];
  const files: Readonly<Record<string, string>> = {
    'bash.bashrc': ETC_BASHRC,
    debian_version: 'trixie/sid\n',
    environment: `PATH="${PATH_DEFAULT}:/usr/games:/usr/local/games:/snap/bin"\n`,
    fstab: '/dev/vda1 / ext4 defaults 0 1\n',
    'host.conf': 'multi on\n',
    hostname: `${hostname}\n`,
    hosts: `${['127.0.0.1 localhost', ...own, ...known, '', '::1 ip6-localhost ip6-loopback'].join('\n')}\n`,
    issue: 'Ubuntu 24.04.3 LTS \\n \\l\n\n',
    'lsb-release':
      'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=24.04\nDISTRIB_CODENAME=noble\nDISTRIB_DESCRIPTION="Ubuntu 24.04.3 LTS"\n',
    'machine-id': `${machineId(options.random)}\n`,
    'nsswitch.conf': 'passwd:         files systemd\ngroup:          files systemd\nhosts:          files dns\n',
    profile: ETC_PROFILE,
    'resolv.conf': resolv.map((line) => `${line}\n`).join(''),
    shells: '/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n',
    'ssh/sshd_config':
      'Include /etc/ssh/sshd_config.d/*.conf\n\nKbdInteractiveAuthentication no\nUsePAM yes\nX11Forwarding yes\nPrintMotd no\nAcceptEnv LANG LC_*\nSubsystem\tsftp\t/usr/lib/openssh/sftp-server\n',
    'sysctl.conf': '# Settings that systemd-sysctl applies at boot.\n',
    timezone: 'Etc/UTC\n',
  };
  for (const [name, text] of Object.entries(files)) tree.put(`/etc/${name}`, text);
  tree.put('/usr/lib/os-release', OS_RELEASE);
  tree.setLazyFile(PUBLIC_BUNDLE, publicBundle, { mode: 0o644 });
  tree.putLink('/etc/os-release', '../usr/lib/os-release');
  tree.putLink('/etc/localtime', '/usr/share/zoneinfo/Etc/UTC');
  tree.putLink('/etc/mtab', '../proc/self/mounts');
}

function machineId(random: Random): string {
  return Array.from(random.fork('machine-id').bytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function putLogs(tree: FileTree): void {
  tree.putDirectory('/var/log', { group: SYSLOG_USER, mode: 0o775 });
  for (const name of ['syslog', 'auth.log', 'kern.log'])
    tree.put(`/var/log/${name}`, '', { owner: SYSLOG_USER, group: ADM_GROUP, mode: 0o640 });
  tree.putDirectory('/var/log/journal', { group: 999, mode: 0o2755 });
}
