import { expect, test } from 'vitest';
import { realSecondsWaited } from '../../src/checker/real-time.js';
import type { Check } from '../../src/checker/rubric.js';
import type { Capability } from '../../src/clusters/port.js';

const pods = { namespace: 'shop', selector: 'app=web' };
const from = { pods };
const seconds = (subject: object, ...can: Capability[]): number =>
  realSecondsWaited({ capabilities: new Set(can) }, { id: 'it', says: 'it', ...subject } as Check);

/** For how long a check may wait where time is real: for each of twenty that ask or are asked, and 300 s for a pod. */
test.each<[object, number]>([
  [{ gone: { apiVersion: 'v1', kind: 'Pod', name: 'x' } }, 0],
  [{ script: { host: 'node01', run: './it' } }, 30],
  [{ script: { host: 'node01', run: './it', timeout_seconds: 120 } }, 120],
  [{ connect: { from, to: { pods, port: 80 }, reaches: false } }, 20 * 3 + 300],
  [{ connect: { from, to: { pods, port: 80 }, reaches: false, timeout_seconds: 7 } }, 20 * 7 + 300],
  [{ http: { from, url: 'http://shop' } }, 20 * 5 + 300],
  [{ http: { from, url: 'http://shop', timeout_seconds: 2 } }, 20 * 2 + 300],
  [{ resolve: { from, names: ['a', 'b'] } }, 2 * 20 * 5 + 300],
  [{ requests: { from, url: 'http://shop', count: 10, every: '2s' } }, 10 * (2 + 5) + 30 + 300],
  [
    {
      requests: {
        from,
        url: 'http://shop',
        count: 10,
        meanwhile: [{ run: 'true' }, { advance: '1m' }, { reboot: 'node01' }],
      },
    },
    10 * 5 + 30 + 120 + 60 + 180 + 300,
  ],
  [{ all: [{ script: { host: 'node01', run: './it' } }, { http: { from, url: 'http://shop' } }] }, 30 + 400],
])('%j: %s s', (subject, expected) => {
  expect(seconds(subject)).toBe(expected);
  expect(seconds(subject, 'virtual-time')).toBe(0);
});
