import { expect, test } from 'vitest';
import { ClusterError } from '../../../src/clusters/port.js';
import { heeding } from '../../../src/labs/real/heeding.js';
import { StandInSource } from './stand-in.js';

test('what nobody wants any more ends, and nothing more is begun', async () => {
  const asked: string[] = [];
  const source = new StandInSource({
    answer: ({ path }) => {
      asked.push(path);
      return { status: 200, body: {} };
    },
  });
  const cluster = await source.open({}, { onStep: () => {}, confirm: async () => true });
  const stop = new AbortController();
  const heeded = heeding({ ...cluster, settle: () => new Promise(() => {}) }, stop.signal);
  expect((await heeded.request({ method: 'GET', path: '/version' })).status).toBe(200);
  expect(heeded.capabilities).toBe(cluster.capabilities);
  expect(heeded.copy).toBeUndefined();
  const settling = heeded.settle(1000);
  stop.abort();
  await expect(settling).rejects.toThrow(ClusterError);
  await expect(heeded.request({ method: 'GET', path: '/later' })).rejects.toThrow('it was interrupted');
  expect(asked).toEqual(['/version']);
});
