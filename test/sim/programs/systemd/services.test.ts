import { describe, expect, test } from 'vitest';
import type { Host } from '../../../../src/sim/hosts/host.js';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { TestNetwork } from '../machine.js';

/** A machine with units, given as `[Service]` sections. */
function machine(units: Readonly<Record<string, string>>): TestNetwork {
  const put = (host: Host) => {
    for (const [name, service] of Object.entries(units)) {
      const text = `[Unit]\nDescription=The ${name}\n[Service]\n${service}\n[Install]\nWantedBy=multi-user.target\n`;
      host.files.put(`/etc/systemd/system/${name}.service`, text);
    }
  };
  return new TestNetwork(['node01'], put);
}

const root = (network: TestNetwork, line: string) => network.run('node01', 'root', line.split(' '));
const messages = (network: TestNetwork, unit: string) =>
  root(network, `journalctl -o cat -u ${unit}`).out.trimEnd().split('\n');
const state = (network: TestNetwork, unit: string) =>
  root(network, `systemctl show ${unit} -p ActiveState,SubState,Result,NRestarts --value`).out.trim().split('\n');

describe('services', () => {
  test('a service that runs is stopped by its signal', () => {
    const network = machine({ talk: 'ExecStart=/usr/bin/say hello wait' });
    root(network, 'systemctl start talk');
    expect(state(network, 'talk')).toEqual(['active', 'running', 'success', '0']);
    root(network, 'systemctl stop talk');
    expect(state(network, 'talk')).toEqual(['inactive', 'dead', 'success', '0']);
    expect(messages(network, 'talk')).toEqual([
      'Started talk.service - The talk.',
      'hello',
      'Stopping talk.service - The talk...',
      'talk.service: Deactivated successfully.',
      'Stopped talk.service - The talk.',
    ]);
  });

  test('Restart=always with RestartSec starts it again and again', () => {
    const network = machine({
      flap: 'ExecStart=/usr/bin/say oh exit1\nRestart=always\nRestartSec=10\nStartLimitInterval=0',
    });
    root(network, 'systemctl start flap');
    expect(state(network, 'flap')).toEqual(['activating', 'auto-restart', 'exit-code', '0']);
    network.kernel.advance(35 * SECOND);
    expect(state(network, 'flap')).toEqual(['activating', 'auto-restart', 'exit-code', '3']);
    expect(messages(network, 'flap').slice(0, 7)).toEqual([
      'Started flap.service - The flap.',
      'oh',
      'flap.service: Main process exited, code=exited, status=1/FAILURE',
      "flap.service: Failed with result 'exit-code'.",
      'flap.service: Scheduled restart job, restart counter is at 1.',
      'Started flap.service - The flap.',
      'oh',
    ]);
    const { out, status } = root(network, 'systemctl status flap -n0');
    expect(status).toBe(3);
    expect(out).toContain('     Active: activating (auto-restart) (Result: exit-code) since');
    root(network, 'systemctl stop flap');
    network.kernel.advance(30 * SECOND);
    expect(state(network, 'flap')[0]).toBe('inactive');
  });

  test('the start limit ends it', () => {
    const network = machine({ flap: 'ExecStart=/usr/bin/say exit1\nRestart=on-failure' });
    root(network, 'systemctl start flap');
    network.kernel.advance(5 * SECOND);
    expect(state(network, 'flap')).toEqual(['failed', 'failed', 'exit-code', '5']);
    expect(messages(network, 'flap').slice(-3)).toEqual([
      'flap.service: Start request repeated too quickly.',
      "flap.service: Failed with result 'exit-code'.",
      'Failed to start flap.service - The flap.',
    ]);
    expect(root(network, 'systemctl reset-failed flap').status).toBe(0);
    expect(state(network, 'flap')[0]).toBe('inactive');
  });

  test('what does not stop is killed after its time', () => {
    const network = machine({ deaf: 'ExecStart=/usr/bin/say stubborn\nTimeoutStopSec=3' });
    root(network, 'systemctl start deaf');
    root(network, 'systemctl stop deaf');
    expect(state(network, 'deaf').slice(0, 3)).toEqual(['failed', 'failed', 'timeout']);
    expect(messages(network, 'deaf')).toContain("deaf.service: State 'stop-sigterm' timed out. Killing.");
  });

  test('oneshot, environment, user and pre commands', () => {
    const network = machine({
      once: 'Type=oneshot\nEnvironment="A=1 2" B=3\nEnvironmentFile=-/etc/default/none\nExecStartPre=-/usr/bin/nope\nExecStart=/usr/bin/env\nUser=candidate\nRemainAfterExit=yes',
    });
    const { status } = root(network, 'systemctl start once');
    expect(status).toBe(0);
    expect(messages(network, 'once')).toEqual(
      expect.arrayContaining(['A=1 2', 'B=3', 'Finished once.service - The once.']),
    );
    expect(state(network, 'once').slice(0, 2)).toEqual(['active', 'exited']);
  });

  test('a failing notify service fails its job', () => {
    const network = machine({ boom: 'Type=notify\nExecStart=/usr/bin/say exit2' });
    expect(root(network, 'systemctl start boom')).toEqual({
      out: '',
      err: 'Job for boom.service failed because the control process exited with error code.\nSee "systemctl status boom.service" and "journalctl -xeu boom.service" for details.\n',
      status: 1,
    });
  });

  test('a notify service that never says so times out', () => {
    const network = machine({ mute: 'Type=notify\nExecStart=/usr/bin/say wait\nTimeoutStartSec=20' });
    const { err, status } = root(network, 'systemctl start mute');
    expect([err.split('\n')[0], status]).toEqual(['Job for mute.service failed because a timeout was exceeded.', 1]);
  });
});

describe('files and daemon-reload', () => {
  test('an enabled unit keeps what was read until daemon-reload', () => {
    const network = machine({ talk: 'ExecStart=/usr/bin/say one wait' });
    root(network, 'systemctl enable --now talk');
    const { files } = network.host('node01');
    files.put(
      '/etc/systemd/system/talk.service.d/10-two.conf',
      '[Service]\nExecStart=\nExecStart=/usr/bin/say two wait\n',
    );
    const warning =
      "Warning: The unit file, source configuration file or drop-ins of talk.service changed on disk. Run 'systemctl daemon-reload' to reload units.\n";
    expect(root(network, 'systemctl restart talk').err).toBe(warning);
    expect(messages(network, 'talk').at(-1)).toBe('one');
    root(network, 'systemctl daemon-reload');
    expect(root(network, 'systemctl restart talk').err).toBe('');
    expect(messages(network, 'talk').at(-1)).toBe('two');
    expect(root(network, 'systemctl status talk').out).toContain(
      '    Drop-In: /etc/systemd/system/talk.service.d\n             └─10-two.conf\n',
    );
  });

  test('units start at boot in the order they ask for, again after a reboot', () => {
    const network = machine({
      first: 'Type=oneshot\nExecStart=/usr/bin/say first\nRemainAfterExit=yes',
      second: 'ExecStart=/usr/bin/say second wait',
    });
    network
      .host('node01')
      .files.put(
        '/etc/systemd/system/second.service.d/order.conf',
        '[Unit]\nAfter=first.service\nRequires=first.service\n',
      );
    root(network, 'systemctl enable second');
    network.run('node01', 'root', ['/usr/sbin/reboot']);
    network.kernel.advance(20 * SECOND);
    const order = root(network, 'journalctl -b -o cat')
      .out.split('\n')
      .filter((line) => /^(?:Finished|Started) (?:first|second)/.test(line));
    expect(order).toEqual(['Finished first.service - The first.', 'Started second.service - The second.']);
    expect(root(network, 'journalctl --list-boots').out.trimEnd().split('\n')).toHaveLength(3);
    expect(Number(root(network, '/usr/bin/systemctl is-system-running').status)).toBe(0);
  });
});

test('a settled machine has nothing left to do', () => {
  const network = machine({ talk: 'ExecStart=/usr/bin/say hello wait' });
  root(network, 'systemctl start talk');
  network.kernel.advance(SECOND);
  const next = network.kernel.nextEventAt();
  // The program under test sleeps for a long time; nobody else does.
  expect(next === undefined || next - network.kernel.now() > 900 * SECOND).toBe(true);
});

test('orphans that end do not stay as zombies', () => {
  const network = machine({});
  root(network, 'leave 2');
  const alive = () => [...network.host('node01').kernel.processes()].filter(({ args }) => args[0] === 'leave');
  expect(alive()).toHaveLength(1);
  network.kernel.advance(3 * SECOND);
  expect(alive()).toEqual([]);
});
