import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';
import { client, MARK, OBJECTS, URL } from './web-pods.js';

describe('requests', () => {
  const requests = (more: object): Subject => ({ requests: { from: client, url: URL, count: 4, ...more } });
  const END = '\n--said--\n--answered-- ';
  const loop =
    (...bodies: (string | number)[]): FakeRun =>
    () => ({
      stdout: bodies
        .map((body) => {
          if (typeof body === 'number') return `${END}${body}\n`;
          const code = body.startsWith('!') ? body.slice(1) : '200';
          return `HTTP/1.1 ${code} X\r\nX-By: ${body}\r\n\r\nit is ${body}\n${MARK}${END}0\n`;
        })
        .join(''),
    });
  const half = loop('v1', 'v1', 'v2', 'v2');
  const byBody = { by: { body: 'is (v\\d)' } };

  test.each<[string, Subject, FakeRun, string]>([
    ['none fails', requests({}), half, '✓ no request fails / 0 of 4 failed'],
    ['one fails', requests({}), loop('v1', '!503', 'v1'), '✗ no request fails / 1 of 3 failed: code 503'],
    ['one says that it cannot', requests({}), loop('v1', '!500'), '✗ no request fails / 1 of 2 failed: code 500'],
    ['one is not answered', requests({}), loop('v1', 7, 'v1'), '✗ no request fails / 1 of 3 failed: refused'],
    [
      'as many fail as may',
      requests({ failures_max: 1 }),
      loop('v1', 28, 'v1'),
      '✓ at most 1 requests fail / 1 of 3 failed: timed out',
    ],
    [
      'all fail, though they may',
      requests({ failures_max: 9 }),
      loop(7, 7),
      '✗ at most 9 requests fail / 2 of 2 failed: refused',
    ],
    ['an error of the client is an answer', requests({}), loop('!404'), '✓ no request fails / 0 of 1 failed'],
    [
      'half and half',
      requests({ ...byBody, share: { v2: { exactly: 50 } } }),
      half,
      '✓ v2 50 % / v2 50 %, v1 50 % of 4',
    ],
    [
      'not a quarter',
      requests({ ...byBody, share: { v2: { exactly: 25, tolerance: 24 } } }),
      half,
      '✗ v2 25 % (±24) / v2 50 %, v1 50 % of 4',
    ],
    [
      'a quarter, if one is not exact',
      requests({ ...byBody, share: { v2: { exactly: 25, tolerance: 25 } } }),
      half,
      '✓ v2 25 % (±25) / v2 50 %, v1 50 % of 4',
    ],
    [
      'at least',
      requests({ ...byBody, share: { v1: { atLeast: 50 } } }),
      half,
      '✓ v1 at least 50 % / v1 50 %, v2 50 % of 4',
    ],
    [
      'at most as many as there are',
      requests({ ...byBody, share: { v1: { atMost: 50 } } }),
      half,
      '✓ v1 at most 50 % / v1 50 %, v2 50 % of 4',
    ],
    [
      'more than there are',
      requests({ ...byBody, share: { v1: { atLeast: 51 } } }),
      half,
      '✗ v1 at least 51 % / v1 50 %, v2 50 % of 4',
    ],
    [
      'at most',
      requests({ ...byBody, share: { v1: { atLeast: 1, atMost: 49 } } }),
      half,
      '✗ v1 at least 1 % and at most 49 % / v1 50 %, v2 50 % of 4',
    ],
    [
      'one of two shares',
      requests({ ...byBody, share: { v1: { exactly: 50 }, v3: { atLeast: 1 } } }),
      half,
      '✗ v3 at least 1 % / v1 50 %, v3 0 %, v2 50 % of 4',
    ],
    [
      'by a header',
      requests({ by: { header: 'x-by' }, share: { v2: { exactly: 50 } } }),
      half,
      '✓ v2 50 % / v2 50 %, v1 50 % of 4',
    ],
    [
      'by nothing that is in it',
      requests({ by: { header: 'x-to' }, share: { v2: { exactly: 50 } } }),
      half,
      '✗ v2 50 % / v2 0 %, others 100 % of 4',
    ],
    [
      'by the pod',
      requests({ by: { pods: { namespace: 'shop', label: 'version' } }, share: { v1: { atLeast: 60 } } }),
      loop('web-v1', 'web-v1', 'web-v2'),
      '✓ v1 at least 60 % / v1 66.7 %, v2 33.3 % of 3',
    ],
    [
      'by a header, however it is spelled',
      requests({ by: { header: 'X-By' }, share: { v2: { exactly: 50 } } }),
      half,
      '✓ v2 50 % / v2 50 %, v1 50 % of 4',
    ],
    [
      'by a pod that is named in a header',
      requests({ by: { pods: { namespace: 'shop', label: 'version' } }, share: { v1: { atLeast: 100 } } }),
      () => ({ stdout: `HTTP/1.1 200 X\r\nA: b\r\nX-Pod: web-v1\r\n\r\nhello${MARK}${END}0\n` }),
      '✓ v1 at least 100 % / v1 100 % of 1',
    ],
    [
      'by pods that name nobody',
      requests({ by: { pods: { namespace: 'shop', label: 'version' } }, share: { others: { atLeast: 100 } } }),
      loop('db'),
      '✓ others at least 100 % / others 100 % of 1',
    ],
    [
      'by a pattern that is none',
      requests({ by: { body: '(' }, share: { v1: { atLeast: 60 } } }),
      half,
      '✗ to be found out / by what answers are told apart: missing closing ): `(`',
    ],
    ['by nothing', requests({ share: { others: { exactly: 100 } } }), half, '✓ others 100 % / others 100 % of 4'],
    [
      'by pods of which there are none',
      requests({ by: { pods: { namespace: 'shop', label: 'track' } }, share: { v1: { atLeast: 60 } } }),
      half,
      '✗ to be found out / no pod of shop has the label track',
    ],
    [
      'without curl',
      requests({}),
      () => ({ code: 127 }),
      '✗ to be found out / shop/a has no curl or wget in a shell to ask with',
    ],
    [
      'with wget, by what it says to standard error',
      requests({ by: { header: 'x-by' }, share: { v1: { exactly: 50 } } }),
      (_, argv) =>
        argv.at(-1)?.includes('curl')
          ? { code: 127 }
          : {
              stdout: ['v1', 'v2']
                .map((name) => `it\n--said--  HTTP/1.1 200 OK\n  X-By: ${name}\n--answered-- 0\n`)
                .join(''),
            },
      '✓ v1 50 % / v1 50 %, v2 50 % of 2',
    ],
    [
      'what only curl can do, without it',
      requests({ method: 'PUT' }),
      (_, argv) => (argv.at(-1)?.includes('curl') ? { code: 127 } : {}),
      '✗ to be found out / shop/a has no curl in a shell to ask with',
    ],
    ['for ever', requests({}), () => ({ code: 124 }), '✗ to be found out / shop/a was not done with asking after 50 s'],
    [
      'from nobody',
      requests({ from: { pods: { namespace: 'shop', selector: 'app=no' } } }),
      half,
      '✗ answers / no pods to ask from',
    ],
    [
      'to nobody',
      requests({ url: undefined, to: { pods: { namespace: 'shop', selector: 'app=no' }, port: 1 } }),
      half,
      '✗ answers / no pods to ask',
    ],
  ])('%s', async (_, subject, run, says) => {
    expect(await saying(subject, { objects: OBJECTS, run })).toBe(says);
  });

  test.each<[object, string]>([
    [{ count: 7 }, '-lt 7 '],
    [{ count: undefined }, '-lt 100 '],
    [{ count: undefined, every: '2s', over: '1m' }, '-lt 30 '],
    [{ every: '2s' }, '; sleep 2; done'],
    [{ count: undefined, every: '2s' }, '-lt 100 '],
    [{ count: 20, over: '10s' }, '; sleep 0.5; done'],
  ])('%j: %s', async (more, words) => {
    const { cluster } = await judged(requests(more), { objects: OBJECTS, run: half });
    expect(cluster.runs[0]).toContain(words);
  });

  test.each<[object, string]>([
    [{ every: '1s', over: '9s' }, '/requests/count: stands beside every and over, which say it already'],
    [{ share: { a: { exactly: 1 } } }, '/requests/share: has no by beside it: by what answers are told apart'],
    [{ by: { header: 'a' } }, '/requests/by: has no share beside it'],
    [
      { by: { header: 'a' }, share: { b: { tolerance: 1 } } },
      '/requests/share/b: says no part: exactly, atLeast or atMost',
    ],
    [{ path: '/y' }, '/requests/path: stands beside url, which says it already'],
    [{ by: { body: '(' }, share: { b: { atLeast: 1 } } }, '/requests/by/body: missing closing ): `(`'],
    [{ every: '1s' }, ''],
    [{ over: '9s' }, ''],
    [{ count: undefined, every: '1s', over: '9s' }, ''],
    [{ by: { body: '(v\\d)' }, share: { b: { atLeast: 1 } } }, ''],
    [{ by: { body: '{{pattern}}(' }, share: { b: { atMost: 1 } } }, ''],
  ])('lint %j: %s', (more, says) => {
    const said: string[] = [];
    lintSubject(requests(more), '', (path, message) => said.push(`${path}: ${message}`));
    expect(said.join('\n')).toBe(says);
  });
});
