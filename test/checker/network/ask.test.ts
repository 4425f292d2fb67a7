import { expect, test } from 'vitest';
import { ask } from '../../../src/checker/network/ask.js';
import { type Asked, placesOf, type WebRequest } from '../../../src/checker/network/web-request.js';
import type { CheckContext } from '../../../src/checker/subject.js';
import { proberOf } from './prober.js';

const URL = 'http://web.shop/x?y=1';
const asked: Asked = { url: URL };
const placeOf = async (request: WebRequest): Promise<Asked> =>
  (await placesOf({ url: URL, ...request }, {} as CheckContext))[0] as Asked;
const WGET = 'wget -S -q -O - -T 5';

/** What busybox's wget is asked where there is no curl. */
test.each<[WebRequest, string]>([
  [{}, `${WGET} ${URL}`],
  [{ method: 'GET', headers: { A: 'b' } }, `${WGET} --header A: b ${URL}`],
  [{ body: 'x' }, `${WGET} --post-data x ${URL}`],
  [{ body: '' }, `${WGET} --post-data  ${URL}`],
  [{ method: 'POST', body: 'x' }, `${WGET} --post-data x ${URL}`],
  [{ timeout_seconds: 9 }, `wget -S -q -O - -T 9 ${URL}`],
  [{ host: 'shop.example' }, `${WGET} --header Host: shop.example http://web.shop:80/x?y=1`],
  [{ url: 'https://web.shop' }, `${WGET} https://web.shop/`],
])('%j: %s', async (request, line) => {
  const prober = proberOf((_, argv) => (argv[0] === 'curl' ? { code: 127 } : { stdout: 'hello' }));
  expect(await ask(prober, request, await placeOf(request))).toMatchObject({ code: 200, body: 'hello' });
  expect(prober.lines.slice(1)).toEqual([line]);
});

test.each<[WebRequest]>([
  [{ method: 'POST' }],
  [{ method: 'GET', body: 'x' }],
  [{ method: 'PUT', body: 'x' }],
  [{ method: 'HEAD' }],
  [{ url: 'https://web.shop', host: 'shop.example' }],
])('%j needs curl', async (request) => {
  const prober = proberOf(() => ({ code: 127 }));
  const said = await ask(prober, request, await placeOf(request)).catch((error: Error) => error.message);
  expect(said).toBe('shop/a has no curl to try it with');
});

const HEADS = '  HTTP/1.1 301 X\n  Location: /y\n  HTTP/1.1 200 OK\n';
test.each<[boolean | undefined, number]>([
  [true, 200],
  [undefined, 301],
])('wget follows redirects; where that is to be (%s) the answer is %i', async (follow, code) => {
  const prober = proberOf((_, argv) => (argv[0] === 'curl' ? { code: 127 } : { stderr: HEADS }));
  const answer = await ask(prober, follow === undefined ? {} : { follow }, asked);
  expect(answer).toMatchObject({ code });
});

test('a program has ten seconds more than its request', async () => {
  const prober = proberOf((_, argv) => (argv[0] === 'curl' ? { code: 127 } : {}));
  await ask(prober, { timeout_seconds: 20 }, asked);
  expect(prober.seconds).toEqual([30, 30]);
});
