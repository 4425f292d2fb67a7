import { beforeEach, describe, expect, test } from 'vitest';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Typist } from './machine.js';
import { TestNetwork } from './machine.js';

let network: TestNetwork;
let person: Typist;

beforeEach(() => {
  network = new TestNetwork(['base', 'node01', 'node02'], () => {}, [
    { name: 'candidate', uid: 1000, groups: ['sudo'], sudo: true },
    { name: 'bob', uid: 1001 },
    { name: 'eve', uid: 1002, groups: ['sudo'] },
  ]);
  person = network.login('base', 'candidate');
});

/** What a line shows, without its echo; `\r\n` as newlines. */
function types(line: string, seconds = 1): string {
  return person
    .type(`${line}\r`, seconds * SECOND)
    .replaceAll('\r\n', '\n')
    .slice(line.length + 1);
}

const BASE = 'candidate@base:/home/candidate$ ';
const NODE = 'candidate@node01:/home/candidate$ ';

describe('ssh at a terminal', () => {
  test('nests to any depth and comes back with the status of the shell', () => {
    expect(types('ssh node01')).toBe(NODE);
    expect(types('ssh candidate@node02')).toBe('candidate@node02:/home/candidate$ ');
    expect(types('ssh base')).toBe(BASE);
    expect(types('sudo -i')).toBe('root@base:/root# ');
    expect(types('exit')).toBe(`logout\n${BASE}`);
    expect(types('exit')).toBe('logout\nConnection to base closed.\ncandidate@node02:/home/candidate$ ');
    expect(types('exit')).toBe(`logout\nConnection to node02 closed.\n${NODE}`);
    expect(types('exit')).toBe(`logout\nConnection to node01 closed.\n${BASE}`);
    expect(person.terminal.modes.canonical).toBe(true);
  });

  test('window sizes travel along, also through two machines', () => {
    types('ssh node01');
    types('ssh node02');
    expect(types('size')).toContain('80x24');
    person.terminal.resize({ columns: 132, rows: 50 });
    network.kernel.advance(SECOND);
    expect(types('size')).toContain('132x50');
  });

  test('Ctrl-C reaches the remote command only', () => {
    types('ssh node01');
    types('say going wait');
    expect(person.type('\x03')).toContain(NODE);
  });

  test('~. at the start of a line ends the connection', () => {
    types('ssh node01');
    expect(person.type('\r~.').replaceAll('\r\n', '\n')).toContain(`Connection to node01 closed.\n${BASE}`);
  });

  test('a reboot throws people out, and the machine comes back', () => {
    types('ssh root@node01');
    expect(types('systemctl reboot', 4)).toContain(
      'Connection to 192.168.1.11 closed by remote host.\nConnection to node01 closed.\n',
    );
    expect(types('ssh node01')).toContain('ssh: connect to host node01 port 22: Connection refused\n');
    network.kernel.advance(20 * SECOND);
    expect(types('ssh node01')).toBe(NODE);
  });
});

describe('ssh with a command', () => {
  const cases: [string[], number, string, string][] = [
    [['ssh', 'node01', 'say', 'hi', 'exit3'], 3, 'hi\n', ''],
    [['ssh', '-o', 'StrictHostKeyChecking=no', 'root@node01', 'whoami'], 0, '0:0\n', ''],
    [['ssh', 'node01', 'size'], 0, 'no terminal\n', ''],
    [['ssh', '-T', 'node01', 'nope'], 127, '', 'bash: nope: command not found\n'],
    [['ssh', 'nowhere', 'x'], 255, '', 'ssh: Could not resolve hostname nowhere: Name or service not known\n'],
    [['ssh', '-p', '2222', 'node01'], 255, '', 'ssh: connect to host node01 port 2222: Connection refused\n'],
    [['ssh', 'nobody@node01'], 255, '', 'nobody@node01: Permission denied (publickey).\n'],
  ];
  test.each(cases)('%j', (args, status, out, err) => {
    expect(network.run('base', 'candidate', args)).toEqual({ out, err, status });
  });

  test('input is carried to its end', () => {
    expect(network.run('base', 'candidate', ['ssh', 'node01', 'cat'], { stdin: 'some\ninput' }).out).toBe(
      'some\ninput',
    );
  });

  test('no key, no entry', () => {
    const { files } = network.host('base');
    const root = { uid: 0, gid: 0, groups: [] };
    files.changeMode('/home/candidate/.ssh/id_ed25519', 0o644, root);
    const { err, status } = network.run('base', 'candidate', ['ssh', 'node01', 'whoami']);
    expect(status).toBe(255);
    expect(err).toContain("Permissions 0644 for '/home/candidate/.ssh/id_ed25519' are too open.\n");
    expect(err.endsWith('candidate@node01: Permission denied (publickey).\n')).toBe(true);
  });

  test('a stopped sshd refuses', () => {
    network.run('node01', 'root', ['systemctl', 'stop', 'ssh']);
    expect(network.run('base', 'candidate', ['ssh', 'node01', 'whoami']).err).toBe(
      'ssh: connect to host node01 port 22: Connection refused\n',
    );
  });
});

test('scp copies there, back, and folders', () => {
  const { files } = network.host('base');
  files.put('/home/candidate/d/one', '1', { owner: 1000 });
  files.put('/home/candidate/d/sub/two', '2', { owner: 1000 });
  expect(network.run('base', 'candidate', ['scp', '-r', 'd', 'node01:']).status).toBe(0);
  expect(network.run('base', 'candidate', ['scp', 'node01:d/sub/two', 'back']).status).toBe(0);
  expect(network.run('base', 'candidate', ['scp', 'd', 'node01:x'])).toEqual({
    out: '',
    err: 'scp: d: not a regular file\n',
    status: 1,
  });
  expect(network.run('base', 'candidate', ['scp', 'd/one', 'node01:/etc/one']).err).toBe(
    'scp: dest open "/etc/one": Permission denied\n',
  );
  const root = { uid: 0, gid: 0, groups: [] };
  expect(network.host('node01').files.stat('/home/candidate/d/sub/two', root)).toMatchObject({ uid: 1000, size: 1 });
  expect(files.stat('/home/candidate/back', root).size).toBe(1);
});

describe('sudo and su', () => {
  const cases: [string, string[], number, string, string][] = [
    ['candidate', ['sudo', 'whoami'], 0, '0:0\n', ''],
    ['candidate', ['sudo', '-u', 'bob', 'whoami'], 0, '1001:1001\n', ''],
    ['candidate', ['sudo', 'nope'], 1, '', 'sudo: nope: command not found\n'],
    ['candidate', ['sudo', '-u', 'nix', 'whoami'], 1, '', 'sudo: unknown user nix\n'],
    ['candidate', ['sudo', 'say', 'x', 'exit4'], 4, 'x\n', ''],
    ['bob', ['sudo', '-n', 'whoami'], 1, '', 'sudo: a password is required\n'],
    [
      'eve',
      ['sudo', 'whoami'],
      1,
      '',
      'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n',
    ],
    ['root', ['su', 'bob', '-c', 'whoami'], 0, '1001:1001\n', ''],
    [
      'root',
      ['su', '-', 'nix'],
      1,
      '',
      'su: user nix does not exist or the user entry does not contain all the required fields\n',
    ],
  ];
  test.each(cases)('%s: %j', (user, args, status, out, err) => {
    expect(network.run('base', user, args)).toEqual({ out, err, status });
  });

  test('sudo sets who called and what PATH is safe', () => {
    const lines = network.run('base', 'candidate', ['sudo', 'A=b', 'env']).out.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'SUDO_USER=candidate',
        'SUDO_UID=1000',
        'HOME=/root',
        'A=b',
        'SUDO_COMMAND=/usr/bin/env',
      ]),
    );
  });

  test('who is not in the sudoers file is told so after his password, and it is logged', () => {
    network.host('base').files.put('/etc/sudoers', 'bob ALL=(ALL) NOPASSWD: /usr/bin/env\n');
    expect(network.run('base', 'bob', ['sudo', 'whoami']).err).toContain('password is required');
    network.host('base').files.put('/etc/sudoers', 'bob ALL=(ALL) NOPASSWD: ALL, !/usr/bin/whoami\n');
    expect(network.run('base', 'bob', ['sudo', 'env']).status).toBe(0);
    expect(network.run('base', 'root', ['journalctl', '-t', 'sudo', '-o', 'cat']).out).toContain(
      '     bob : PWD=/home/bob ; USER=root ; COMMAND=/usr/bin/env',
    );
  });

  test('a password is asked for without echo, and three wrong ones are enough', () => {
    const eve = network.login('base', 'eve');
    expect(eve.type('sudo whoami\r')).toContain('[sudo] password for eve: ');
    expect(eve.type('secret\r', 3 * SECOND)).toBe('\r\nSorry, try again.\r\n[sudo] password for eve: ');
    eve.type('secret\r', 3 * SECOND);
    expect(eve.type('secret\r', 3 * SECOND)).toContain('sudo: 3 incorrect password attempts');
  });

  test('su asks everybody but root', () => {
    expect(types('su')).toBe('Password: ');
    expect(person.type('x\r', 3 * SECOND)).toContain('su: Authentication failure');
    expect(types('sudo su - bob')).toBe('bob@base:/home/bob$ ');
    expect(types('whoami')).toBe('1001:1001\nbob@base:/home/bob$ ');
    expect(types('exit')).toBe(`logout\n${BASE}`);
  });

  test('many sudos do not use the process limit up', () => {
    for (let round = 0; round < 600; round += 1) network.run('base', 'candidate', ['sudo', 'say']);
    expect(network.run('base', 'candidate', ['sudo', 'whoami']).out).toBe('0:0\n');
  });
});
