import { beforeAll, expect, test } from 'vitest';
import { TestNetwork } from './machine.js';

let network: TestNetwork;
beforeAll(() => {
  network = new TestNetwork(['node01']);
});

/** Layouts recorded from iproute2 6.1.0, util-linux 2.38.1, coreutils 9.1 and procps 4.0.2. */
const rows: [string, string, number, string, string][] = [
  [
    'root',
    '/usr/bin/ss -tlnp',
    0,
    'State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\nLISTEN 0      128          0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=5,fd=3))\n',
    '',
  ],
  [
    'candidate',
    '/usr/bin/ss -tulnp',
    0,
    'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\ntcp   LISTEN 0      128          0.0.0.0:22        0.0.0.0:*          \n',
    '',
  ],
  [
    'root',
    '/usr/sbin/ip -br a',
    0,
    'lo               UNKNOWN        127.0.0.1/8 ::1/128 \neth0             UP             192.168.1.10/24 fe80::42:c0ff:fea8:10a/64 \n',
    '',
  ],
  [
    'root',
    '/usr/sbin/ip r',
    0,
    'default via 192.168.1.1 dev eth0 \n192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10 \n',
    '',
  ],
  [
    'root',
    '/usr/sbin/ip route get 10.0.0.1',
    0,
    '10.0.0.1 via 192.168.1.1 dev eth0 src 192.168.1.10 uid 0 \n    cache \n',
    '',
  ],
  ['root', '/usr/sbin/ip bogus', 1, '', 'Object "bogus" is unknown, try "ip help".\n'],
  ['root', '/usr/sbin/ip addr show dev nix', 1, '', 'Device "nix" does not exist.\n'],
  ['root', '/usr/bin/mount -t proc', 0, 'proc on /proc type proc (rw,relatime)\n', ''],
  ['root', '/usr/bin/umount /nonexist', 32, '', 'umount: /nonexist: no mount point specified.\n'],
  ['root', '/usr/bin/umount /tmp', 32, '', 'umount: /tmp: not mounted.\n'],
  ['root', '/usr/bin/df /nix', 1, '', 'df: /nix: No such file or directory\n'],
  ['root', '/usr/sbin/sysctl net.ipv4.ip_forward', 0, 'net.ipv4.ip_forward = 0\n', ''],
  ['root', '/usr/sbin/sysctl -n net.ipv4.ip_forward', 0, '0\n', ''],
  ['root', '/usr/sbin/sysctl foo.bar', 1, '', 'sysctl: cannot stat /proc/sys/foo/bar: No such file or directory\n'],
  [
    'candidate',
    '/usr/sbin/sysctl -w net.ipv4.ip_forward=1',
    1,
    '',
    'sysctl: permission denied on key "net.ipv4.ip_forward"\n',
  ],
];

test.each(rows)('%s: %s', (user, line, status, out, err) => {
  expect(network.run('node01', user, line.split(' '))).toEqual({ out, err, status });
});

test('a bind mount shows the directory twice, until it is unmounted', () => {
  expect(network.run('node01', 'root', ['mount', '--bind', '/etc/ssh', '/mnt']).status).toBe(0);
  const { files } = network.host('node01');
  const names = () => files.readDirectory('/mnt', { uid: 0, gid: 0, groups: [] }).map(({ name }) => name);
  expect(names()).toEqual(['sshd_config']);
  network.run('node01', 'root', ['umount', '/mnt']);
  expect(names()).toEqual([]);
});

test('sysctl --system reads the folders in the order of their file names', () => {
  const { files } = network.host('node01');
  files.put('/usr/lib/sysctl.d/50-x.conf', 'net.ipv4.ip_forward = 0\n');
  files.put('/etc/sysctl.d/k8s.conf', '# for pods\nnet.ipv4.ip_forward = 1\n');
  expect(network.run('node01', 'root', ['/usr/sbin/sysctl', '--system']).out).toBe(
    '* Applying /usr/lib/sysctl.d/50-x.conf ...\nnet.ipv4.ip_forward = 0\n* Applying /etc/sysctl.d/k8s.conf ...\nnet.ipv4.ip_forward = 1\n* Applying /etc/sysctl.conf ...\n',
  );
});
