import { beforeAll, describe, expect, test } from 'vitest';
import type { FileTree } from '../../../src/sim/hosts/file-tree/file-tree.js';
import { TestNetwork } from '../programs/machine.js';
import { outcome, read, root } from './file-tree/machine.js';

const candidate = { uid: 1000, gid: 1000, groups: [1000] };
let network: TestNetwork;
let files: FileTree;

beforeAll(() => {
  network = new TestNetwork(['node01']);
  files = network.host('node01').files;
});

describe('/proc', () => {
  const rows: [string, () => unknown, unknown][] = [
    ['pid 1 is systemd', () => read(files, '/proc/1/cmdline'), '/sbin/init\0'],
    ['comm is the file name', () => read(files, '/proc/1/comm'), 'init\n'],
    ['status has the pid', () => /^Pid:\t1$/m.test(read(files, '/proc/1/status')), true],
    ['stat has 52 fields', () => read(files, '/proc/1/stat').trim().split(' ').length, 52],
    ['environ is the owner’s own', () => read(files, '/proc/1/environ', candidate), 'EACCES'],
    ['no process 9999', () => read(files, '/proc/9999/status'), 'ENOENT'],
    ['uptime counts from boot', () => read(files, '/proc/uptime').split(' ')[0], '5.00'],
    ['a setting', () => read(files, '/proc/sys/net/ipv4/ip_forward'), '0\n'],
    ['the host name', () => read(files, '/proc/sys/kernel/hostname'), 'node01\n'],
    ['a setting that is none', () => read(files, '/proc/sys/net/nope'), 'ENOENT'],
    ['nothing can be made', () => files.makeDirectory('/proc/x', 0o755, root), 'ENOENT'],
    ['settings are root’s', () => files.open('/proc/sys/net/ipv4/ip_forward', { write: true }, 0, candidate), 'EACCES'],
    [
      'folders of settings',
      () => files.readDirectory('/proc/sys', root).map(({ name }) => name),
      ['fs', 'kernel', 'net', 'vm'],
    ],
    ['mounts', () => read(files, '/proc/1/mounts').split('\n')[1], 'proc /proc proc rw,relatime 0 0'],
  ];
  test.each(rows)('%s', (_, action, expected) => expect(outcome(action)).toEqual(expected));

  test('writing a setting changes it', () => {
    const file = files.open('/proc/sys/net/ipv4/ip_forward', { write: true, truncate: true }, 0, root);
    file.tryWrite(Buffer.from('1\n'));
    file.release();
    expect(read(files, '/proc/sys/net/ipv4/ip_forward')).toBe('1\n');
    expect(read(files, '/proc/sys/net/ipv4/conf/all/forwarding')).toBe('1\n');
  });
});

describe('/dev', () => {
  const open = (name: string) => files.open(`/dev/${name}`, { read: true, write: true }, 0, candidate);
  test('null takes everything and gives nothing', () => {
    expect(open('null').tryWrite(Buffer.from('abc'))).toBe(3);
    expect(open('null').tryRead(10)).toHaveLength(0);
  });
  test('zero gives zeros', () => expect(open('zero').tryRead(3)).toEqual(new Uint8Array(3)));
  test('full takes nothing', () => expect(outcome(() => open('full').tryWrite(Buffer.from('a')))).toBe('ENOSPC'));
  test('urandom differs from read to read', () => {
    const file = open('urandom');
    expect(file.tryRead(16)).not.toEqual(file.tryRead(16));
  });
  test('terminals appear in pts while they are open', () => {
    const { kernel } = network.host('node01');
    const names = () => files.readDirectory('/dev/pts', root).map(({ name }) => name);
    const terminal = kernel.openTerminal({ columns: 80, rows: 24 });
    expect(names()).toEqual([`${terminal.number}`]);
    kernel.closeTerminal(terminal);
    expect(names()).toEqual([]);
  });
});

describe('the layout', () => {
  test.each([
    ['/etc/shadow', 0, 0o640],
    ['/etc/sudoers.d/candidate', 0, 0o440],
    ['/home/candidate', 1000, 0o750],
    ['/home/candidate/.ssh/id_ed25519', 1000, 0o600],
    ['/opt/course', 1000, 0o755],
    ['/usr/bin/sudo', 0, 0o4755],
    ['/root', 0, 0o700],
    ['/tmp', 0, 0o1777],
    ['/bin/systemctl', 0, 0o755],
  ])('%s belongs to %d with mode %o', (path, uid, mode) => expect(files.stat(path, root)).toMatchObject({ uid, mode }));
});
