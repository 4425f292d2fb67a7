import { beforeEach, describe, expect, test } from 'vitest';
import { ClusterPort } from '../../../src/clusters/sim/cluster-port.js';
import type { Link } from '../../../src/clusters/sim/link.js';
import { MachineHost } from '../../../src/clusters/sim/machine-host.js';
import type { HostMessage } from '../../../src/clusters/sim/protocol.js';
import type { Machine, MachineOptions, OutsideEvent } from '../../../src/sim/index.js';
import { FakeMachine } from './fake-machine.js';

const EPOCH = 1_000_000_000;
const OPTIONS: MachineOptions = { world: { base: 'three-node' }, seed: '1', salt: '', epoch: EPOCH, timing: 'brisk' };

let machine: FakeMachine;
let messages: HostMessage[];
let port: ClusterPort;
let lose: (reason: string) => void;

/** A link in this thread whose messages are copied, as between threads. */
function link(create: (options: MachineOptions) => Promise<Machine>): Link {
  let listener: (message: HostMessage) => void = () => {};
  const host = new MachineHost((message) => {
    messages.push(message);
    listener(structuredClone(message));
  }, create);
  return {
    send: (message) => host.receive(structuredClone(message)),
    onMessage: (next) => {
      listener = next;
    },
    onFailure: (next) => {
      lose = next;
    },
    close: async () => {},
  };
}

beforeEach(async () => {
  messages = [];
  port = new ClusterPort(
    link(async ({ epoch }) => {
      machine = new FakeMachine(epoch);
      return machine as unknown as Machine;
    }),
  );
  await port.open(OPTIONS);
});

test('opened, the port knows where the machine is', () => {
  expect(port.reached).toBe(EPOCH);
});

test('time passes in portions that grow while nothing comes out, and the port hears how far', async () => {
  await port.advanceTo(EPOCH + 150_000);
  expect(machine.advances).toEqual([20_000, 40_000, 80_000, 10_000]);
  expect([port.reached, await port.now()]).toEqual([EPOCH + 150_000, EPOCH + 150_000]);
});

test('after something came out the portions are small again', async () => {
  await port.input(EPOCH, { kind: 'run', id: 1, host: 'base', user: 'root', argv: ['true'] });
  await port.advanceTo(EPOCH + 170_000);
  expect(machine.advances).toEqual([0, 20_000, 40_000, 80_000, 20_000, 10_000]);
});

test('an input takes effect at its instant, after all that was sent before it, and what it shows comes before the answer', async () => {
  const events: OutsideEvent[] = [];
  port.onEvent((event) => events.push(event));
  const type = (text: string) => ({ kind: 'type', terminal: 1, bytes: new Uint8Array(Buffer.from(text)) }) as const;
  await Promise.all([port.input(EPOCH + 30_000, type('a')), port.input(EPOCH + 30_000, type('b'))]);
  expect(machine.inputs.map(({ at }) => at)).toEqual([EPOCH + 30_000, EPOCH + 30_000]);
  expect(events.map((event) => event.kind === 'output' && Buffer.from(event.bytes).toString())).toEqual(['a', 'b']);
  expect(messages.slice(1).map(({ say }) => say)).toEqual(['events', 'answer', 'events', 'answer']);
});

describe('commands and requests', () => {
  test('a command is run to its end, in the time it takes', async () => {
    expect(await port.run('node01', 'root', ['true'])).toEqual({ code: 3, stdout: 'out', stderr: 'err' });
    expect(await port.run('node01', 'root', ['cat'], { stdin: 'é' })).toMatchObject({ stdout: 'é' });
    expect(port.reached).toBe(EPOCH + 200_000);
  });

  test('one that does not end is cut off when its time is over', async () => {
    expect(await port.run('node01', 'root', ['forever'], { timeoutSeconds: 2 })).toMatchObject({ code: 124 });
    expect(port.reached).toBe(EPOCH + 2_000_000);
    const [run, disconnect] = machine.inputs.map(({ input }) => input);
    expect(disconnect).toEqual({ kind: 'disconnect', id: (run as { id: number }).id });
  });

  test('a request is answered with the status and the body as JSON', async () => {
    expect(await port.request({ method: 'POST', path: '/api', body: { a: 1 } })).toEqual({
      status: 418,
      body: { kind: 'Status' },
    });
    expect(machine.inputs[0]?.input).toMatchObject({
      kind: 'request',
      administrator: true,
      request: { method: 'POST', target: '/api', headers: { 'content-type': 'application/json' } },
    });
  });
});

test.each([
  [5, false, 5],
  [180, true, 10],
])('to settle within %i s: %s', async (seconds, settled, passed) => {
  await port.wait(1);
  expect(await port.settle(seconds)).toBe(settled);
  expect(port.reached - EPOCH).toBe((settled ? passed : 1 + passed) * 1_000_000);
});

test.each([
  [1, true],
  [2, false],
])('terminal %i wants input: %s', async (terminal, wants) => {
  expect(await port.advanceUntilInput(terminal, 1_000_000)).toBe(wants);
});

describe('what goes wrong', () => {
  test('a question that breaks the machine is an error of its own; the next is answered', async () => {
    await expect(port.file('node01', '/broken')).rejects.toThrow('a defect');
    expect(await port.traceHash()).toBe('cafe');
  });

  test('a world that cannot be made rejects opening', async () => {
    const other = new ClusterPort(link(() => Promise.reject(new Error('there is no world x'))));
    await expect(other.open(OPTIONS)).rejects.toThrow('there is no world x');
  });

  test('a machine that was never opened answers nothing', async () => {
    const other = new ClusterPort(link(() => Promise.reject(new Error('never'))));
    await expect(other.hosts()).rejects.toThrow('the simulated cluster has not been opened');
  });

  test('when its thread ends, everything asked and everything to come is refused with the reason, once', async () => {
    const reasons: string[] = [];
    port.onFailure((reason) => reasons.push(reason));
    const asked = port.hosts();
    lose('its thread ended');
    lose('again');
    await expect(asked).rejects.toThrow('the simulated cluster is gone: its thread ended');
    await expect(port.hosts()).rejects.toThrow('the simulated cluster is gone: its thread ended');
    expect(reasons).toEqual(['its thread ended']);
  });

  test('closed, it refuses what was asked and what comes', async () => {
    const asked = port.hosts();
    await port.close();
    await expect(asked).rejects.toThrow('the simulated cluster was closed');
    await expect(port.hosts()).rejects.toThrow('the simulated cluster is gone: it was closed');
  });
});

test('silence is counted while something is asked, and not otherwise', async () => {
  expect(port.silentMilliseconds()).toBe(0);
  const asked = port.hosts();
  expect(port.silentMilliseconds()).toBeGreaterThanOrEqual(0);
  await asked;
  expect(port.silentMilliseconds()).toBe(0);
});
