import { beforeAll, describe, expect, test } from 'vitest';
import { createMachine, type Machine, type MachineInput, type OutsideEvent } from '../../../src/sim/index.js';

const EPOCH = Date.UTC(2026, 0, 15, 9) * 1000;
const STEP = 20_000;
const SECONDS_MAX = 30;

const options = (seed: string, own: string, ...neighbours: string[]) => ({
  world: { base: 'single-node', hosts: { controlplane: own } },
  seed,
  salt: '',
  epoch: EPOCH,
  timing: 'brisk' as const,
  neighbours,
});

interface Given {
  readonly at: number;
  readonly input: MachineInput;
}

/** A machine that notes what it was given, as a journal does. */
class Noted {
  readonly machine: Machine;
  readonly given: Given[] = [];
  text = '';

  constructor(machine: Machine) {
    this.machine = machine;
  }

  give(input: MachineInput): void {
    this.given.push({ at: this.machine.now(), input });
    this.machine.input(input);
    // As the machine's host does.
    this.machine.advance(0);
  }
}

/** Two machines, and whoever carries what they say to each other. */
class Pair {
  readonly near = new Noted(createMachine(options('1', 'cka2107', 'cka2112', 'cka2999')));
  readonly far = new Noted(createMachine(options('2', 'cka2112', 'cka2107')));
  private rings = 0;
  private readonly ids = new Map<number, number>();

  /** Lets time pass for both until the near terminal shows something. */
  until(shown: RegExp): string {
    for (let step = 0; step < (SECONDS_MAX * 1e6) / STEP; step += 1) {
      for (const one of [this.near, this.far]) one.machine.advance(STEP);
      for (const event of this.near.machine.takeEvents()) this.hear(event);
      for (const event of this.far.machine.takeEvents()) this.answer(event);
      if (shown.test(this.near.text)) {
        const { text } = this.near;
        this.near.text = '';
        return text;
      }
    }
    throw new Error(`never shown: ${shown}; shown was ${this.near.text}`);
  }

  type(text: string): void {
    this.near.give({ kind: 'type', terminal: 1, bytes: Buffer.from(text) });
  }

  /** Types a line and gives what it shows before the next prompt of a host. */
  line(text: string, host = 'base'): string {
    this.type(`${text}\r`);
    const shown = this.until(new RegExp(`candidate@${host}:[^$]*\\$ $`));
    return shown.replaceAll('\r', '').split('\n').slice(1, -1).join('\n');
  }

  private hear(event: OutsideEvent): void {
    if (event.kind === 'output')
      this.near.text += Buffer.from(event.bytes)
        .toString()
        .replace(/\x1b\[[?0-9;]*[a-zA-Z]/g, '');
    if (event.kind === 'ring') {
      this.rings += 1;
      this.ids.set(event.id, this.rings);
      if (event.host === 'cka2112') this.far.give({ kind: 'ring', id: this.rings, host: event.host });
      else this.near.give({ kind: 'line', side: 'caller', id: event.id });
    }
    if (event.kind === 'line' && event.side === 'caller')
      this.far.give({ ...event, side: 'called', id: this.ids.get(event.id) ?? 0 });
  }

  private answer(event: OutsideEvent): void {
    if (event.kind !== 'line') return;
    const [near] = [...this.ids].find(([, far]) => far === event.id) ?? [0];
    this.near.give({ ...event, side: 'caller', id: near });
  }
}

describe('from the base of one machine to a host of another', () => {
  let pair: Pair;

  beforeAll(() => {
    pair = new Pair();
    pair.near.give({ kind: 'open-terminal', terminal: 1, host: 'base', user: 'candidate', columns: 90, rows: 30 });
    pair.until(/base:~\$ $/);
  });

  test('a login shell, and back with its status', () => {
    pair.line('ssh cka2112', 'cka2112');
    expect(pair.line('tty; hostname; echo $SSH_CLIENT | cut -d" " -f1', 'cka2112')).toBe(
      '/dev/pts/0\ncka2112\n172.30.1.10',
    );
    expect(pair.line('k get nodes -o name; echo there > note', 'cka2112')).toBe('node/cka2112');
    pair.type('cat\r');
    pair.until(/cat\r\n/);
    pair.type('typed\r');
    pair.until(/typed\r\ntyped\r\n/);
    pair.type('\x03');
    pair.until(/\^C\r\ncandidate@cka2112:~\$ $/);
    pair.near.give({ kind: 'resize', terminal: 1, columns: 100, rows: 40 });
    expect(pair.line('stty size', 'cka2112')).toBe('40 100');
    pair.type('exit 3\r');
    expect(pair.until(/base:~\$ $/)).toMatch(/logout\r\nConnection to cka2112 closed\.\r\n/);
    expect(pair.line('echo $?')).toBe('3');
  });

  test('the work is there, in the other machine alone', () => {
    expect(Buffer.from(pair.far.machine.file('cka2112', '/home/candidate/note')?.content ?? []).toString()).toBe(
      'there\n',
    );
    expect(pair.near.machine.file('cka2107', '/home/candidate/note')).toBeUndefined();
  });

  test.each([
    ['ssh cka2112 hostname', 'cka2112'],
    ["ssh cka2112 'cat note; echo wrong >&2; exit 4' 2> err; echo $?; cat err", 'there\n4\nwrong'],
    ['echo in | ssh cka2112 cat', 'in'],
    ['ssh root@cka2112 id -un', 'root'],
    ['ssh nobody@cka2112', 'nobody@cka2112: Permission denied (publickey).'],
    ['scp -q cka2112:note here && cat here', 'there'],
    ['ssh cka2107 hostname', 'cka2107'],
    [
      'ssh cka2999',
      'kex_exchange_identification: Connection closed by remote host\nConnection closed by 172.30.3.2 port 22',
    ],
    ['ssh cka2113', 'ssh: Could not resolve hostname cka2113: Name or service not known'],
    ['ssh cka2107 ssh cka2112', 'ssh: Could not resolve hostname cka2112: Name or service not known'],
    [
      'mv .ssh/id_ed25519 key; ssh cka2112; mv key .ssh/id_ed25519',
      'candidate@cka2112: Permission denied (publickey).',
    ],
    [
      'ssh cka2112 sudo systemctl stop ssh; ssh cka2112',
      'kex_exchange_identification: Connection closed by remote host\nConnection closed by 172.30.3.1 port 22',
    ],
  ])('%s', (line, shown) => {
    expect(pair.line(line)).toBe(shown);
  });

  test('each of them alone does it again from what it was given', () => {
    for (const [noted, again] of [
      [pair.near, createMachine(options('1', 'cka2107', 'cka2112', 'cka2999'))],
      [pair.far, createMachine(options('2', 'cka2112', 'cka2107'))],
    ] as const) {
      for (const { at, input } of noted.given) {
        if (again.now() < at) again.advance(at - again.now());
        again.input(structuredClone(input));
        again.advance(0);
      }
      again.advance(noted.machine.now() - again.now());
      expect(again.traceHash()).toBe(noted.machine.traceHash());
    }
  });
});
