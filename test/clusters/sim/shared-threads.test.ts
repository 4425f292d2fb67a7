import { expect, test } from 'vitest';
import type { Link, MachineThread } from '../../../src/clusters/sim/link.js';
import type { HostMessage } from '../../../src/clusters/sim/protocol.js';
import { SharedThreads } from '../../../src/clusters/sim/shared-threads.js';
import { worldOptions } from '../../../src/labs/session/world.js';

/** Threads that only count who sits where; `fails` is how many of them cannot be started. */
function fakeThreads(threads: number, fails = 0) {
  const started: { seats: number; alive: boolean; ended: boolean }[] = [];
  const answers: (() => void)[] = [];
  let failing = fails;
  const startThread = async (): Promise<MachineThread> => {
    failing -= 1;
    if (failing >= 0) throw new Error('no more threads');
    const own = { seats: 0, alive: true, ended: false };
    started.push(own);
    return {
      seat: (): Link => {
        own.seats += 1;
        const close = async (): Promise<void> => {
          own.seats -= 1;
        };
        let hear: (message: HostMessage) => void = () => {};
        return {
          send: ({ number }) => {
            answers.push(() => hear({ say: 'done', number } as unknown as HostMessage));
          },
          onMessage: (listener) => {
            hear = listener;
          },
          onFailure: () => {},
          close,
        };
      },
      get seats() {
        return own.seats;
      },
      get isAlive() {
        return own.alive;
      },
      close: async () => {
        own.ended = true;
      },
    };
  };
  return { shared: new SharedThreads({ threads, startThread }), started, answers };
}

test('machines are spread over no more threads than there may be', async () => {
  const { shared, started } = fakeThreads(2);
  const links = [];
  for (let machine = 0; machine < 5; machine += 1) links.push(await shared.link());
  expect(started.map(({ seats }) => seats)).toEqual([3, 2]);
  await links[1]?.close();
  await links[3]?.close();
  await shared.link();
  expect(started.map(({ seats }) => seats)).toEqual([3, 1]);
  await shared.close();
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
});

test('machines asked for at once are spread, too', async () => {
  const { shared, started } = fakeThreads(2);
  await Promise.all([shared.link(), shared.link(), shared.link(), shared.link()]);
  expect(started.map(({ seats }) => seats)).toEqual([2, 2]);
});

test('in place of a thread that died there is a new one', async () => {
  const { shared, started } = fakeThreads(2);
  await Promise.all([shared.link(), shared.link()]);
  for (const thread of started) thread.alive = false;
  await shared.link();
  await shared.link();
  expect(started.map(({ seats }) => seats)).toEqual([1, 1, 1, 1]);
});

test('threads are started before they are needed, and who comes meanwhile sits on another', async () => {
  const { shared, started, answers } = fakeThreads(2);
  const prepared = shared.prepare(worldOptions('three-node', '1'));
  await shared.link();
  expect(started.map(({ seats }) => seats)).toEqual([1, 1]);
  for (const answer of answers) answer();
  await prepared;
  expect(started.map(({ seats }) => seats)).toEqual([0, 1]);
});

test('after its end no thread is started for whoever still asks', async () => {
  const { shared, started } = fakeThreads(2);
  await shared.link();
  const late = shared.link();
  await shared.close();
  await expect(late).rejects.toThrow('ended');
  await expect(shared.link()).rejects.toThrow('ended');
  await expect(shared.prepare(worldOptions('three-node', '1'))).rejects.toThrow('ended');
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
});

test.each([
  [1, [false, false], [2]],
  [2, [true, true], []],
])(
  '%i threads that cannot be started are done without, and tried again for the next machine',
  async (fails, refused, seats) => {
    const { shared, started } = fakeThreads(2, fails);
    const asked = await Promise.allSettled([shared.link(), shared.link()]);
    expect(asked.map(({ status }) => status === 'rejected')).toEqual(refused);
    expect(started.map((thread) => thread.seats)).toEqual(seats);
    await shared.link();
    await shared.link();
    expect(started).toHaveLength(2);
    await shared.close();
    expect(started.map(({ ended }) => ended)).toEqual([true, true]);
  },
);
