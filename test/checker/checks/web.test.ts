import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const pod = (name: string, labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels },
  status: { phase: 'Running', podIP: `10.244.1.${name.length}` },
});
const OBJECTS = [
  pod('a', { app: 'client' }),
  pod('web-v1', { app: 'web', version: 'v1' }),
  pod('web-v2', { app: 'web', version: 'v2' }),
];
const client = { pods: { namespace: 'shop', selector: 'app=client' } };
const URL = 'http://web.shop/x';
const MARK = '\n--of-the-answer--';
const answers =
  (code: number, headers: string, body: string): FakeRun =>
  () => ({ stdout: `HTTP/1.1 ${code} X\r\n${headers}\r\n\r\n${body}${MARK}` });
const page = answers(200, 'Server: nginx/1.27\r\nSet-Cookie: a\r\nSet-Cookie: b', '{"who": "web", "n": [1, 2]}\n');
const moved = answers(301, 'Location: https://web.shop/x', '');
const without =
  (program: string, run: FakeRun): FakeRun =>
  (who, argv) =>
    argv[0] === program ? { code: 127 } : run(who, argv);

describe('http', () => {
  const http = (more: object, gives?: object): Subject => ({
    http: { from: client, url: URL, ...more, ...(gives && { gives }) },
  });
  const at = `shop/a → ${URL}: `;

  test.each<[string, Subject, FakeRun, string]>([
    ['any answer', http({}), page, `✓ an answer / ${at}code 200`],
    ['its code', http({}, { code: 200 }), page, `✓ code 200 / ${at}code 200`],
    ['another code', http({}, { code: [201, 204] }), page, `✗ code 201 or 204 / ${at}code 200`],
    ['a redirect is not followed', http({}, { code: 200 }), moved, `✗ code 200 / ${at}code 301 to https://web.shop/x`],
    [
      'a redirect',
      http({}, { code: 301, headers: { location: { matches: '^https:' } } }),
      moved,
      `✓ location: matches ^https: / ${at}location: https://web.shop/x`,
    ],
    [
      'a header',
      http({}, { headers: { server: { contains: 'apache' } } }),
      page,
      `✗ server: contains apache / ${at}server: nginx/1.27`,
    ],
    [
      'a header that is not there',
      http({}, { headers: { 'X-A': { exists: true } } }),
      page,
      `✗ X-A: exists / ${at}X-A: nothing`,
    ],
    [
      'a header twice',
      http({}, { headers: { 'Set-Cookie': { equals: 'a, b' } } }),
      page,
      `✓ Set-Cookie: a, b / ${at}Set-Cookie: a, b`,
    ],
    [
      'the body',
      http({}, { body: { contains: 'nginx' } }),
      page,
      `✗ contains nginx / ${at}{"who": "web", "n": [1, 2]}`,
    ],
    ['a value in it', http({}, { body: { jsonpath: '$.who', equals: 'db' } }), page, `✗ $.who db / ${at}$.who web`],
    [
      'several values in it',
      http({}, { body: { jsonpath: '$.n[*]', equals: 1 } }),
      page,
      '✗ to be found out / $.n[*] has 2 matches where one value is asked for: name one of them',
    ],
    [
      'a body that is no JSON',
      http({}, { body: { jsonpath: '$.who', equals: 'db' } }),
      answers(200, 'A: b', '<html>'),
      `✗ JSON / ${at}<html>`,
    ],
    ['refused', http({}, { code: 200 }), () => ({ code: 7 }), `✗ code 200 / ${at}refused`],
    ['refused, as it must be', http({ answers: false }), () => ({ code: 7 }), `✓ no answer / ${at}refused`],
    ['answered, as it must not be', http({ answers: false }), page, `✗ no answer / ${at}code 200`],
    ['a name that does not resolve', http({}), () => ({ code: 6 }), `✗ an answer / ${at}its name does not resolve`],
    ['dropped', http({}), () => ({ code: 28 }), `✗ an answer / ${at}timed out`],
    [
      'something else',
      http({}),
      () => ({ code: 52, stderr: 'curl: (52) Empty reply from server\n' }),
      `✗ an answer / ${at}Empty reply from server`,
    ],
    [
      'no certificate',
      http({ url: 'https://web.shop' }, { certificate: { names: ['web'] } }),
      page,
      '✗ a certificate / shop/a → https://web.shop/: it shows none',
    ],
    [
      'by wget',
      http({}, { code: 200, body: { equals: 'hello' } }),
      without('curl', () => ({ stdout: 'hello\n', stderr: '  HTTP/1.1 200 OK\n  Server: x\n' })),
      `✓ hello / ${at}hello`,
    ],
    [
      'by wget, an error',
      http({}, { code: 200 }),
      without('curl', () => ({ code: 1, stderr: '  HTTP/1.1 503 X\nwget: server returned error: HTTP/1.1 503 X\n' })),
      `✗ code 200 / ${at}code 503`,
    ],
    [
      'by wget, a redirect',
      http({}, { code: 301 }),
      without('curl', () => ({ stdout: 'x', stderr: '  HTTP/1.1 301 X\n  Location: /y\n  HTTP/1.1 200 OK\n' })),
      `✓ code 301 / ${at}code 301 to /y`,
    ],
    [
      'by wget, refused',
      http({}),
      without('curl', () => ({ code: 1, stderr: "wget: can't connect to remote host: Connection refused" })),
      `✗ an answer / ${at}refused`,
    ],
    [
      'with neither',
      http({ answers: false }),
      () => ({ code: 127 }),
      '✗ to be found out / shop/a has no curl or wget to try it with',
    ],
    [
      'what only curl can do',
      http({ method: 'PUT', answers: false }),
      without('curl', page),
      '✗ to be found out / shop/a has no curl to try it with',
    ],
    [
      'from nobody',
      http({ from: { pods: { namespace: 'shop', selector: 'app=no' } }, answers: false }),
      page,
      '✗ no answer / no pods to ask from',
    ],
    [
      'to no pods',
      http({ url: undefined, to: { pods: { namespace: 'shop', selector: 'app=no' }, port: 80 }, answers: false }),
      page,
      '✗ no answer / no pods to ask',
    ],
  ])('%s', async (_, subject, run, says) => {
    expect(await saying(subject, { objects: OBJECTS, run })).toBe(says);
  });

  test.each<[object, string]>([
    [{}, `-m 5 -w \\n--of-the-answer--%{certs} ${URL}`],
    [
      { method: 'PUT', body: 'x', headers: { A: 'b' }, timeout_seconds: 9 },
      `-m 9 -X PUT -H A: b --data-raw x -w \\n--of-the-answer--%{certs} ${URL}`,
    ],
    [
      { host: 'shop.example', follow: true },
      '-m 5 -L --connect-to ::web.shop:80 -w \\n--of-the-answer--%{certs} http://shop.example/x',
    ],
    [
      {
        url: undefined,
        to: { service: { namespace: 'shop', name: 'web' }, port: 8443 },
        tls: true,
        path: '/y',
        method: 'HEAD',
        host: 'shop.example',
      },
      '-m 5 -I --connect-to ::web.shop.svc.cluster.local:8443 -w \\n--of-the-answer--%{certs} https://shop.example:8443/y',
    ],
  ])('%j', async (more, words) => {
    const { cluster } = await judged(http(more), { objects: OBJECTS, run: page });
    expect(cluster.runs).toEqual([`shop/a: curl -s -S -i -k ${words}`]);
  });

  test.each<[object, string]>([
    [{ url: undefined }, '/http: asks nobody: url, or to'],
    [{ path: '/x' }, '/http/path: stands beside url, which says it already'],
    [{ answers: false, gives: {} }, '/http/gives: says what is answered where nobody may answer'],
    [{ gives: { certificate: {} } }, '/http/gives/certificate: is shown by https only'],
    [
      { gives: { headers: { 'x-by': { equals: 1, contains: 2 } } } },
      '/http/gives/headers/x-by/contains: stands beside equals; a check has one condition',
    ],
    [
      { gives: { body: { equals: 1, contains: 2 } } },
      '/http/gives/body/contains: stands beside equals; a check has one condition',
    ],
  ])('lint %j: %s', (more, says) => {
    const said: string[] = [];
    lintSubject(http(more), '', (path, message) => said.push(`${path}: ${message}`));
    expect(said).toEqual([says]);
  });
});

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
    [{ by: { body: '(' }, share: { b: { atLeast: 1 } } }, '/requests/by/body: missing closing ): `(`'],
  ])('lint %j: %s', (more, says) => {
    const said: string[] = [];
    lintSubject(requests(more), '', (path, message) => said.push(`${path}: ${message}`));
    expect(said).toEqual([says]);
  });
});
