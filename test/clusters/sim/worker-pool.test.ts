import { expect, test } from 'vitest';
import type { Link } from '../../../src/clusters/sim/link.js';
import type { HostMessage } from '../../../src/clusters/sim/protocol.js';
import { WorkerPool } from '../../../src/clusters/sim/worker-pool.js';

/** Threads that answer when they are told to. */
function fakeWorkers(idleMax = 9) {
  const ended: number[] = [];
  const hear: ((message: HostMessage) => void)[] = [];
  const fail: ((reason: string) => void)[] = [];
  let started = 0;
  const start = async (): Promise<Link> => {
    const own = started;
    started += 1;
    return {
      send: () => {},
      onMessage: (listener) => {
        hear[own] = listener;
      },
      onFailure: (listener) => {
        fail[own] = listener;
      },
      close: async () => void ended.push(own),
    };
  };
  const answer = (worker: number) => hear[worker]?.({ say: 'answer', number: 1, reached: 0, value: undefined });
  const die = (worker: number) => fail[worker]?.('its thread ended');
  return { pool: new WorkerPool({ idleMax, startWorker: start }), ended, answer, die, started: () => started };
}

const QUESTION = { number: 1, question: { ask: 'hosts' } } as const;

test('a thread is used again once its machine is closed, and only then', async () => {
  const { pool, ended, answer, started } = fakeWorkers();
  const first = await pool.link();
  const second = await pool.link();
  expect(started()).toBe(2);
  const heard: string[] = [];
  first.onMessage(({ say }) => heard.push(say));
  first.send(QUESTION);
  answer(0);
  await first.close();
  answer(0);
  expect(heard).toEqual(['answer']);
  await pool.link();
  expect({ started: started(), ended }).toEqual({ started: 2, ended: [] });
  await second.close();
  await pool.close();
  expect(ended.sort()).toEqual([0, 1]);
});

test('a thread that owes an answer is ended rather than used again', async () => {
  const { pool, ended, started } = fakeWorkers();
  const link = await pool.link();
  link.onMessage(() => {});
  link.send(QUESTION);
  await link.close();
  expect(ended).toEqual([0]);
  await pool.link();
  expect(started()).toBe(2);
});

test('no more threads wait than may', async () => {
  const { pool, ended } = fakeWorkers(1);
  const links = [await pool.link(), await pool.link()];
  for (const link of links) await link.close();
  expect(ended).toEqual([1]);
});

const WORLD = { world: { base: 'three-node' }, seed: '1', salt: '', epoch: 0, timing: 'brisk' } as const;

test('a thread that was prepared is the first to be used', async () => {
  const { pool, answer, started, ended } = fakeWorkers();
  const ready = pool.prepare(WORLD);
  await new Promise((resolve) => setImmediate(resolve));
  answer(0);
  await ready;
  await pool.link();
  expect({ started: started(), ended }).toEqual({ started: 1, ended: [] });
});

test('nobody waits for a preparation: it is given up', async () => {
  const { pool, started, ended } = fakeWorkers();
  void pool.prepare(WORLD);
  await new Promise((resolve) => setImmediate(resolve));
  await pool.link();
  expect({ started: started(), ended }).toEqual({ started: 2, ended: [0] });
});

test('a thread that died while it waited is not handed out', async () => {
  const { pool, die, started, ended } = fakeWorkers();
  const links = [await pool.link(), await pool.link()];
  for (const link of links) await link.close();
  die(1);
  await pool.link();
  expect({ started: started(), ended }).toEqual({ started: 2, ended: [1] });
  await pool.link();
  expect(started()).toBe(3);
});

test('a thread that was prepared and died before it was wanted is not handed out', async () => {
  const { pool, answer, die, started, ended } = fakeWorkers();
  const ready = pool.prepare(WORLD);
  await new Promise((resolve) => setImmediate(resolve));
  answer(0);
  await ready;
  die(0);
  await pool.link();
  expect({ started: started(), ended }).toEqual({ started: 2, ended: [0] });
});

test('a thread that died in use is ended, whether or not anybody listened', async () => {
  const { pool, die, ended } = fakeWorkers();
  const [silent, heard] = [await pool.link(), await pool.link()];
  const reasons: string[] = [];
  heard.onFailure((reason) => reasons.push(reason));
  die(0);
  die(1);
  await silent.close();
  await heard.close();
  expect({ ended, reasons }).toEqual({ ended: [0, 1], reasons: ['its thread ended'] });
});
