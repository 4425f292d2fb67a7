import { describe, expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';
import { answers, client, OBJECTS, URL } from './web-pods.js';

const page = answers(200, 'Server: nginx/1.27\r\nSet-Cookie: a\r\nSet-Cookie: b', '{"who": "web", "n": [1, 2]}\n');
const moved = answers(301, 'Location: https://web.shop/x', '');
const without =
  (program: string, run: FakeRun): FakeRun =>
  (who, argv) =>
    argv[0] === program ? { code: 127 } : run(who, argv);

/** Two pods, of which each has an address of its own. */
const TO_WEB = { url: undefined, to: { pods: { namespace: 'shop', selector: 'app=web' }, port: 80 } };
const [V1, V2] = ['http://10.244.1.6', 'http://10.244.1.7'];

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
    [
      'the code before what is in it',
      http({}, { code: 201, body: { contains: 'web' } }),
      page,
      `✗ code 201 / ${at}code 200`,
    ],
    [
      'a body that is no JSON, without the blanks around it',
      http({}, { body: { jsonpath: '$.who', equals: 'db' } }),
      answers(200, 'A: b', ' <html>\n'),
      `✗ JSON / ${at}<html>`,
    ],
    [
      'two pods, of which the first is wrong',
      http(TO_WEB, { code: 200 }),
      (who, argv) => (argv.at(-1)?.startsWith(V1) ? moved : page)(who, argv),
      `✗ code 200 / shop/a → ${V1}/: code 301 to https://web.shop/x`,
    ],
    [
      'two pods, of which the last is wrong',
      http(TO_WEB, { code: 200 }),
      (who, argv) => (argv.at(-1)?.startsWith(V2) ? moved : page)(who, argv),
      `✗ code 200 / shop/a → ${V2}/: code 301 to https://web.shop/x`,
    ],
    ['two pods, both right', http(TO_WEB, { code: 200 }), page, `✓ code 200 / shop/a → ${V2}/: code 200`],
    [
      'from nobody, where an answer is wanted',
      http({ from: { pods: { namespace: 'shop', selector: 'app=no' } } }),
      page,
      '✗ an answer / no pods to ask from',
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

  const to = { address: 'web', port: 443 };
  test.each<[object, number]>([
    [{ url: 'https://web' }, 0],
    [{ url: '{{url}}' }, 0],
    [{ url: undefined, to, tls: true }, 0],
    [{ url: undefined, to }, 1],
    [{ url: undefined, to, tls: false }, 1],
  ])('lint a certificate of %j: %i wrong', (more, count) => {
    const said: string[] = [];
    lintSubject(http({ ...more, gives: { certificate: {} } }), '', (path) => said.push(path));
    expect(said).toEqual(Array.from({ length: count }, () => '/http/gives/certificate'));
  });
});
