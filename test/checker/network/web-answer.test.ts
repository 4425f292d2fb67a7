import { expect, test } from 'vitest';
import { MARK, readCurl, readWget } from '../../../src/checker/network/web-answer.js';

const head = (code: number, ...headers: string[]): string =>
  `${[`HTTP/1.1 ${code} X`, ...headers].join('\r\n')}\r\n\r\n`;
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
const answer = (code: number, headers: object, body: string, certificates: string[] = []) => ({
  code,
  headers,
  body,
  certificates,
});

test.each<[string, string, object]>([
  ['a page that looks like headers', `${head(200, 'A: 1')}B: 2`, answer(200, { a: '1' }, 'B: 2')],
  ['a page', `${head(200, 'Server: x')}hello\n`, answer(200, { server: 'x' }, 'hello\n')],
  ['headers of one name', head(200, 'A: 1', 'a:  2 '), answer(200, { a: '1, 2' }, '')],
  ['a header without a value', head(200, 'A:', 'nonsense'), answer(200, { a: '' }, '')],
  ['no body and no end of the head', 'HTTP/2 204 \r\nA: 1', answer(204, { a: '1' }, '')],
  ['what goes before', head(100) + head(199) + head(200), answer(200, {}, '')],
  ['a redirect that was followed', head(300) + head(399, 'Location: /') + head(404), answer(404, {}, '')],
  ['a redirect that was not', head(301, 'Location: /x'), answer(301, { location: '/x' }, '')],
  ['a page that begins like a head', `${head(200)}${head(500)}`, answer(200, {}, head(500))],
  ['an error whose page begins like one', `${head(400)}${head(500)}`, answer(400, {}, head(500))],
  ['what is no answer', 'hello', { none: 'no answer that could be read' }],
  ['nothing', '', { none: 'no answer that could be read' }],
  ['certificates', `${head(200)}x\n${MARK}\n${PEM}\n${PEM}\n`, answer(200, {}, 'x', [PEM, PEM])],
  ['a certificate that is the page', `${head(200)}${PEM}`, answer(200, {}, PEM)],
  ['the mark within the page', `${head(200)}x\n${MARK}y\n${MARK}`, answer(200, {}, `x\n${MARK}y`)],
])('curl: %s', (_, stdout, said) => {
  expect(readCurl({ code: 0, stdout, stderr: '' })).toEqual(said);
});

test.each<[number, string, string]>([
  [6, 'curl: (6) Could not resolve host: web', 'its name does not resolve'],
  [7, 'curl: (7) Failed to connect', 'refused'],
  [28, 'curl: (28) Operation timed out', 'timed out'],
  [124, '', 'timed out'],
  [60, 'first\ncurl: (60) SSL certificate problem\n', 'SSL certificate problem'],
  [52, '', 'curl ended with 52'],
])('curl ended with %i', (code, stderr, none) => {
  expect(readCurl({ code, stdout: head(200), stderr })).toEqual({ none });
});

const CONNECTING = 'Connecting to web (10.0.0.1:80)\n';
const shown = (...heads: string[][]): string =>
  CONNECTING +
  heads
    .flat()
    .map((line) => `  ${line}\n`)
    .join('');
test.each<[string, number, string, string, boolean, object]>([
  ['a page', 0, 'x', shown(['HTTP/1.1 200 OK', 'A: 1']), false, answer(200, { a: '1' }, 'x')],
  ['nothing but a page', 0, 'x', CONNECTING, false, answer(200, {}, 'x')],
  [
    'an error',
    1,
    '',
    `${shown(['HTTP/1.1 404 No', 'A: 1'])}wget: server returned error: HTTP/1.1 404 No\n`,
    false,
    answer(404, { a: '1' }, ''),
  ],
  ['an error without its head', 1, '', 'wget: server returned error: HTTP/1.1 503 No\n', false, answer(503, {}, '')],
  [
    'a redirect, not followed',
    0,
    'x',
    shown(['HTTP/1.1 301 M', 'A: 1'], ['HTTP/1.1 200 OK', 'B: 1']),
    false,
    answer(301, { a: '1' }, ''),
  ],
  [
    'a redirect, followed',
    0,
    'x',
    shown(['HTTP/1.1 301 M', 'A: 1'], ['HTTP/1.1 200 OK', 'B: 1']),
    true,
    answer(200, { b: '1' }, 'x'),
  ],
  ['a bad name', 1, '', "wget: bad address 'web'\n", false, { none: 'its name does not resolve' }],
  ['refused', 1, '', "wget: can't connect to remote host (10.0.0.1): Connection refused\n", false, { none: 'refused' }],
  [
    'what is said amid a head',
    0,
    'x',
    `${CONNECTING}  HTTP/1.1 200 OK\nsaving to '-'\n  A: 1\n`,
    false,
    answer(200, { a: '1' }, 'x'),
  ],
  [
    'an error that is none',
    1,
    '',
    'wget: server returned error: nonsense\n',
    false,
    { none: 'wget: server returned error: nonsense' },
  ],
  ['late', 1, '', 'wget: download timed out\n', false, { none: 'timed out' }],
  ['stopped', 124, '', '', false, { none: 'timed out' }],
  ['another reason', 1, '', 'one\nwget: no\n', false, { none: 'wget: no' }],
])('wget: %s', (_, code, stdout, stderr, follow, said) => {
  expect(readWget({ code, stdout, stderr }, follow)).toEqual(said);
});
