import type { FileTree } from '../file-tree/file-tree.js';

const target = (description: string, lines = ''): string => `[Unit]\nDescription=${description}\n${lines}`;

/** The units every machine has; those of a cluster come with its packages. */
const UNITS: Readonly<Record<string, string>> = {
  'basic.target': target('Basic System', 'Requires=sysinit.target\nAfter=sysinit.target\n'),
  'graphical.target': target(
    'Graphical Interface',
    'Requires=multi-user.target\nAfter=multi-user.target\nAllowIsolate=yes\n',
  ),
  'local-fs.target': target('Local File Systems'),
  'multi-user.target': target('Multi-User System', 'Requires=basic.target\nAfter=basic.target\nAllowIsolate=yes\n'),
  'network-online.target': target('Network is Online', 'After=network.target\n'),
  'network.target': target('Network'),
  'rescue.target': target('Rescue Mode', 'Requires=sysinit.target\nAfter=sysinit.target\nAllowIsolate=yes\n'),
  'ssh.service': `[Unit]
Description=OpenBSD Secure Shell server
Documentation=man:sshd(8) man:sshd_config(5)
After=network.target auditd.service
ConditionPathExists=!/etc/ssh/sshd_not_to_be_run

[Service]
EnvironmentFile=-/etc/default/ssh
ExecStartPre=/usr/sbin/sshd -t
ExecStart=/usr/sbin/sshd -D $SSHD_OPTS
ExecReload=/usr/sbin/sshd -t
ExecReload=/bin/kill -HUP $MAINPID
KillMode=process
Restart=on-failure
RestartPreventExitStatus=255
Type=notify
RuntimeDirectory=sshd
RuntimeDirectoryMode=0755

[Install]
WantedBy=multi-user.target
Alias=sshd.service
`,
  'sysinit.target': target('System Initialization', 'Wants=local-fs.target\nAfter=local-fs.target\n'),
  'systemd-networkd-wait-online.service': `[Unit]
Description=Wait for Network to be Configured
Documentation=man:systemd-networkd-wait-online.service(8)
ConditionCapability=CAP_NET_ADMIN
DefaultDependencies=no
Conflicts=shutdown.target
Before=network-online.target shutdown.target

[Service]
Type=oneshot
ExecStart=/usr/lib/systemd/systemd-networkd-wait-online
RemainAfterExit=yes

[Install]
WantedBy=network-online.target
`,
  'systemd-sysctl.service': `[Unit]
Description=Apply Kernel Variables
Documentation=man:systemd-sysctl.service(8) man:sysctl.d(5)
Before=sysinit.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/sysctl --quiet --system
`,
};

/** Puts the unit files of a plain server into a tree, with ssh enabled and multi-user as what it boots into. */
export function putUnits(tree: FileTree): void {
  for (const [name, text] of Object.entries(UNITS)) tree.put(`/usr/lib/systemd/system/${name}`, text);
  tree.putLink('/usr/lib/systemd/system/default.target', 'graphical.target');
  tree.putLink('/usr/lib/systemd/system/sysinit.target.wants/systemd-sysctl.service', '../systemd-sysctl.service');
  tree.putLink('/etc/systemd/system/default.target', '/usr/lib/systemd/system/multi-user.target');
  enableUnit(tree, 'ssh.service');
  enableUnit(tree, 'systemd-networkd-wait-online.service', 'network-online.target');
  tree.putLink('/etc/systemd/system/sshd.service', '/usr/lib/systemd/system/ssh.service');
}

/** Makes a unit start at boot, as `systemctl enable` would; for packages that are installed before the machine runs. */
export function enableUnit(tree: FileTree, unit: string, wantedBy = 'multi-user.target'): void {
  tree.putLink(`/etc/systemd/system/${wantedBy}.wants/${unit}`, `/usr/lib/systemd/system/${unit}`);
}
