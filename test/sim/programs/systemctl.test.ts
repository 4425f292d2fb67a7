import { beforeAll, describe, expect, test } from 'vitest';
import { TestNetwork } from './machine.js';

let network: TestNetwork;

beforeAll(() => {
  network = new TestNetwork(['node01'], ({ files }) => {
    files.put(
      '/usr/lib/systemd/system/talk.service',
      '[Unit]\nDescription=Talks\n[Service]\nExecStart=/usr/bin/say hi wait\n[Install]\nWantedBy=multi-user.target\n',
    );
    files.put('/etc/systemd/system/bad.service', '[Unit]\nDescription=Bad\n');
  });
});

/** Words of systemctl 255, written down from knowledge of it where the present machine cannot run it. */
const rows: [string, string, number, string, string][] = [
  ['root', 'is-active ssh', 0, 'active\n', ''],
  ['root', 'is-active talk ssh', 0, 'inactive\nactive\n', ''],
  ['root', 'is-active talk', 3, 'inactive\n', ''],
  ['root', 'is-enabled ssh', 0, 'enabled\n', ''],
  ['root', 'is-enabled talk', 1, 'disabled\n', ''],
  ['root', 'is-enabled nix', 4, 'not-found\n', ''],
  ['root', 'is-failed ssh', 1, 'active\n', ''],
  ['root', 'start nix', 5, '', 'Failed to start nix.service: Unit nix.service not found.\n'],
  ['root', 'stop nix', 5, '', 'Failed to stop nix.service: Unit nix.service not loaded.\n'],
  ['root', 'status nix', 4, '', 'Unit nix.service could not be found.\n'],
  ['root', 'cat nix', 1, '', 'No files found for nix.service.\n'],
  ['root', 'enable nix', 1, '', 'Failed to enable unit: Unit file nix.service does not exist.\n'],
  ['root', 'bogus', 1, '', 'Unknown command verb bogus.\n'],
  ['root', 'start', 1, '', 'Too few arguments.\n'],
  ['root', '--bogus', 1, '', "systemctl: unrecognized option '--bogus'\n"],
  [
    'root',
    'start bad',
    1,
    '',
    "Failed to start bad.service: Unit bad.service has a bad unit file setting.\nSee system logs and 'systemctl status bad.service' for details.\n",
  ],
  [
    'root',
    'reload talk',
    1,
    '',
    'Failed to reload talk.service: Job type reload is not applicable for unit talk.service.\n',
  ],
  ['candidate', 'is-active ssh', 0, 'active\n', ''],
  [
    'candidate',
    'stop ssh',
    4,
    '',
    "Failed to stop ssh.service: Interactive authentication required.\nSee system logs and 'systemctl status ssh.service' for details.\n",
  ],
  [
    'root',
    'enable talk',
    0,
    '',
    'Created symlink /etc/systemd/system/multi-user.target.wants/talk.service → /usr/lib/systemd/system/talk.service.\n',
  ],
  ['root', 'enable talk', 0, '', ''],
  ['root', 'disable --now talk', 0, '', 'Removed "/etc/systemd/system/multi-user.target.wants/talk.service".\n'],
  ['root', 'mask talk', 0, '', 'Created symlink /etc/systemd/system/talk.service → /dev/null.\n'],
  ['root', 'start talk', 1, '', 'Failed to start talk.service: Unit talk.service is masked.\n'],
  ['root', 'unmask talk', 0, '', 'Removed "/etc/systemd/system/talk.service".\n'],
  ['root', 'get-default', 0, 'multi-user.target\n', ''],
  ['root', '--failed', 0, '  UNIT LOAD ACTIVE SUB DESCRIPTION\n\n0 loaded units listed.\n', ''],
];

describe('in this order, on one machine', () => {
  test.each(rows)('%s: systemctl %s', (user, line, status, out, err) => {
    expect(network.run('node01', user, ['systemctl', ...line.split(' ')])).toEqual({ out, err, status });
  });
});

test('list-units lays its table out', () => {
  const { out } = network.run('node01', 'root', ['systemctl', 'list-units', '--type=service']);
  expect(out).toBe(`  UNIT                   LOAD   ACTIVE SUB     DESCRIPTION
  ssh.service            loaded active running OpenBSD Secure Shell server
  systemd-sysctl.service loaded active exited  Apply Kernel Variables

Legend: LOAD   → Reflects whether the unit definition was properly loaded.
        ACTIVE → The high-level unit activation state, i.e. generalization of SUB.
        SUB    → The low-level unit activation state, values depend on unit type.

2 loaded units listed. Pass --all to see loaded but inactive units, too.
To show all installed unit files use 'systemctl list-unit-files'.
`);
});

test('status of a running service', () => {
  const { out, status } = network.run('node01', 'root', ['systemctl', 'status', 'ssh', '-n1']);
  expect(status).toBe(0);
  expect(
    out.replace(/\d+(?:us|ms)\b/, 'Xms').replace(/; \S+ ago/, '; X ago'),
  ).toBe(`● ssh.service - OpenBSD Secure Shell server
     Loaded: loaded (/usr/lib/systemd/system/ssh.service; enabled; preset: enabled)
     Active: active (running) since Mon 2026-03-02 09:00:00 UTC; X ago
       Docs: man:sshd(8)
             man:sshd_config(5)
    Process: 4 ExecStartPre=/usr/sbin/sshd -t (code=exited, status=0/SUCCESS)
   Main PID: 5 (sshd)
      Tasks: 1 (limit: 4557)
     Memory: 640.0K (peak: 640.0K)
        CPU: Xms
     CGroup: /system.slice/ssh.service
             └─5 /usr/sbin/sshd -D

Mar 02 09:00:00 node01 systemd[1]: Started ssh.service - OpenBSD Secure Shell server.
`);
});

describe('journalctl', () => {
  test.each([
    ['-u ssh -n1', 0, 'Mar 02 09:00:00 node01 systemd[1]: Started ssh.service - OpenBSD Secure Shell server.\n'],
    ['-u ssh -o cat -n 1', 0, 'Started ssh.service - OpenBSD Secure Shell server.\n'],
    [
      '-u ssh -n1 -o short-iso',
      0,
      '2026-03-02T09:00:00+00:00 node01 systemd[1]: Started ssh.service - OpenBSD Secure Shell server.\n',
    ],
    ['-u nix', 0, '-- No entries --\n'],
    ['-u ssh -p err', 0, '-- No entries --\n'],
    ['-u ssh --until 08:00', 0, '-- No entries --\n'],
    ['-t sshd -o cat -g listening', 0, 'Server listening on 0.0.0.0 port 22.\n'],
  ])('%s', (line, status, out) => {
    expect(network.run('node01', 'candidate', ['journalctl', ...line.split(' ')])).toEqual({ out, err: '', status });
  });
  test.each([
    ['--since bogus', 'Failed to parse timestamp: bogus\n'],
    ['-o bogus', "Unknown output format 'bogus'.\n"],
    ['-p bogus', 'Unknown log level bogus\n'],
  ])('%s', (line, err) =>
    expect(network.run('node01', 'root', ['journalctl', ...line.split(' ')])).toEqual({ out: '', err, status: 1 }),
  );

  test('-f shows what comes', () => {
    const person = network.login('node01', 'root');
    person.type('journalctl -f -u ssh\r');
    network.run('node01', 'root', ['systemctl', 'restart', 'ssh']);
    expect(person.take()).toContain('Stopping ssh.service - OpenBSD Secure Shell server...');
    expect(person.type('\x03')).toContain('root@node01');
  });
});
