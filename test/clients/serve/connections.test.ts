import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './node-client.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const MAPS = '/api/v1/namespaces/default/configmaps';
const HOST = 'Host: localhost\r\n';
const CLOSE = 'Connection: close\r\n';
const TOKEN = 'Authorization: Bearer admin-token\r\n';
const JSON_TYPE = 'Content-Type: application/json\r\n';
const POST = `POST ${MAPS} HTTP/1.1\r\n${HOST}${TOKEN}${JSON_TYPE}`;
const MEBIBYTE = 1024 * 1024;

/** A world as it is served, and one whose door has no patience. */
let world: ServedWorld;
let hasty: ServedWorld;
beforeAll(async () => {
  world = await serveWorld('test-cmd', { answerMilliseconds: 1500, unreadBytes: 16 * MEBIBYTE });
  hasty = await serveWorld('test-cmd', { headersMilliseconds: 800, requestMilliseconds: 1200 });
});
afterAll(async () => {
  await world.stop();
  await hasty.stop();
});

/** What a client's connection runs over, for it alone can be reset. */
const underneath = new WeakMap<Socket, Socket>();

function open({ serving, tls }: ServedWorld, plainly = false): Socket {
  const raw = connect(serving.port, '127.0.0.1');
  raw.on('error', () => {});
  if (plainly) return raw;
  const socket = connectTls({ socket: raw, servername: 'localhost', ca: tls.ca });
  socket.on('error', () => {});
  underneath.set(socket, raw);
  return socket;
}

function reset(socket: Socket): void {
  (underneath.get(socket) ?? socket).resetAndDestroy();
}

/** Sends bytes and takes all that comes until the server closes, or `done` holds. */
async function exchange(socket: Socket, bytes: string | Buffer, done = (_: string) => false): Promise<string> {
  let text = '';
  const closed = once(socket, 'close');
  const enough = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (done(text)) resolve();
    });
  });
  socket.write(bytes, 'latin1');
  await Promise.race([closed, enough]);
  return text;
}

/** Nothing is left of what clients did: no socket, no request, no watch. */
async function expectQuiet(served: ServedWorld): Promise<void> {
  await expect.poll(() => served.serving.open(), { timeout: 5000 }).toEqual({ connections: 0, exchanges: 0 });
  const headers = { authorization: 'Bearer admin-token', connection: 'close' };
  const { text } = await ask(served, '/metrics', { headers });
  const watches = text.split('\n').find((line) => /^apiserver_longrunning_requests\{.*verb="WATCH"/.test(line));
  expect(Number(watches?.split(' ').at(-1) ?? 0)).toBe(served === world ? watchesBefore : hastyWatchesBefore);
  expect((await ask(served, '/readyz', { headers })).text).toBe('ok');
}
let watchesBefore = 0;
let hastyWatchesBefore = 0;
beforeAll(async () => {
  const count = async (served: ServedWorld) => {
    const headers = { authorization: 'Bearer admin-token', connection: 'close' };
    const { text } = await ask(served, '/metrics', { headers });
    return Number(/^apiserver_longrunning_requests\{.*verb="WATCH".* (\d+)$/m.exec(text)?.[1] ?? 0);
  };
  [watchesBefore, hastyWatchesBefore] = [await count(world), await count(hasty)];
});

const body = (name: string) => JSON.stringify({ metadata: { name } });
const sized = (text: string) => `Content-Length: ${text.length}\r\n\r\n${text}`;
/** What Go's server says by itself, as recorded from kube-apiserver v1.36.0. */
const plain = (status: string, words = status) =>
  `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${words}`;
const BAD = plain('400 Bad Request');
const VERSION = plain('505 HTTP Version Not Supported: unsupported protocol version');
const TOO_LARGE = plain('431 Request Header Fields Too Large');
const CODING = plain('501 Not Implemented', 'Unsupported transfer encoding');

describe('bytes that are refused before they are a request, in the words of kube-apiserver v1.36.0', () => {
  test.each<[string, string, string]>([
    ['HTTP/0.9', 'GET /version\r\n\r\n', BAD],
    ['no request line', 'hello\r\n\r\n', BAD],
    ['no method', ` /version HTTP/1.1\r\n${HOST}\r\n`, BAD],
    ['a method of wrong letters', `G@T /version HTTP/1.1\r\n${HOST}\r\n`, BAD],
    ['HTTP/2.0 in its line', `GET /version HTTP/2.0\r\n${HOST}\r\n`, VERSION],
    ['HTTP/3.0 in its line', `GET /version HTTP/3.0\r\n${HOST}\r\n`, VERSION],
    ['no version at all', `GET /version HTTP/x\r\n${HOST}\r\n`, BAD],
    ['no Host', 'GET /readyz HTTP/1.1\r\n\r\n', plain('400 Bad Request: missing required Host header')],
    ['two Hosts', `GET /readyz HTTP/1.1\r\n${HOST}${HOST}\r\n`, BAD],
    [
      'a Host of two words',
      'GET /readyz HTTP/1.1\r\nHost: a b\r\n\r\n',
      plain('400 Bad Request: malformed Host header'),
    ],
    ['a wrong header name', `GET /readyz HTTP/1.1\r\n${HOST}b@d name: 1\r\n\r\n`, BAD],
    ['a header without colon', `GET /readyz HTTP/1.1\r\n${HOST}nothing\r\n\r\n`, BAD],
    ['a control character', `GET /readyz HTTP/1.1\r\n${HOST}x: a\u0001b\r\n\r\n`, BAD],
    ['a path of no bytes', `GET /api/%zz HTTP/1.1\r\n${HOST}\r\n`, BAD],
    ['a path without slash', `GET version HTTP/1.1\r\n${HOST}\r\n`, BAD],
    ['two lengths', `${POST}Content-Length: 3\r\n${sized(body('no'))}`, BAD],
    ['a negative length', `${POST}Content-Length: -1\r\n\r\n`, BAD],
    ['another transfer coding', `${POST}Transfer-Encoding: gzip\r\n\r\n`, CODING],
    ['two transfer codings', `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, CODING],
    ['a target of 2 MB', `GET /readyz?x=${'a'.repeat(2e6)} HTTP/1.1\r\n${HOST}\r\n`, TOO_LARGE],
    ['a header of 2 MB', `GET /readyz HTTP/1.1\r\n${HOST}x: ${'a'.repeat(2e6)}\r\n\r\n`, TOO_LARGE],
  ])('%s', async (_, bytes, answer) => {
    expect(await exchange(open(world), bytes)).toBe(answer);
  });

  // The real server takes these; stricter is safe, for two readers may understand them differently.
  test.each<[string, string]>([
    ['a length and chunks', `${POST}Transfer-Encoding: chunked\r\n${sized('0\r\n\r\n')}`],
    ['the same length twice', `${POST}Content-Length: 25\r\n${sized(body('smuggled-1'))}`],
    ['a folded header', `GET /readyz HTTP/1.1\r\n${HOST}x: a\r\n b\r\n\r\n`],
    ['bare line feeds', 'GET /readyz HTTP/1.1\nHost: localhost\n\n'],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a broken chunk', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`],
  ])('%s', async (_, bytes) => {
    expect(await exchange(open(world), bytes)).toBe(BAD);
  });

  test.each<[string, string | Buffer, string]>([
    [
      'GET',
      'GET / HTTP/1.1\r\n\r\n',
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
    ],
    [
      'PUT',
      'PUT /x HTTP/1.1\r\n\r\n',
      'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
    ],
    ['DELETE', 'DELETE / HTTP/1.1\r\n\r\n', ''],
    ['SSH', 'SSH-2.0-OpenSSH\r\n', ''],
    ['zeros', Buffer.alloc(100), ''],
    ['TLS of no version', Buffer.from('16990100050101010101', 'hex'), ''],
    ['SSL 2', Buffer.from('802e0100020015', 'hex'), ''],
  ])('%s without TLS', async (_, bytes, answer) => {
    expect(await exchange(open(world, true), bytes)).toBe(answer);
  });

  test('and leave nothing behind', async () => {
    await expectQuiet(world);
    const headers = { authorization: 'Bearer admin-token', connection: 'close' };
    expect((await ask(world, `${MAPS}/smuggled-1`, { headers })).status).toBe(404);
  });
});

describe('requests that are unusual', () => {
  const forbidden = (host: string) => `call it https://127.0.0.1 instead of \\"${host}\\"`;
  const zipped = gzipSync(JSON.stringify({ metadata: { name: 'bomb' }, data: { a: '0'.repeat(20 * MEBIBYTE) } }));
  const bomb = `Content-Encoding: gzip\r\nContent-Length: ${zipped.length}\r\n\r\n${zipped.toString('latin1')}`;
  const evil = 'Origin: https://evil.example\r\n';
  test.each<[string, string, number, string]>([
    [
      'a target with its host',
      `GET https://localhost/readyz HTTP/1.1\r\nHost: evil.example\r\n${TOKEN}${CLOSE}\r\n`,
      200,
      'ok',
    ],
    [
      'and with an evil one',
      `GET https://evil.example/version HTTP/1.1\r\n${HOST}${CLOSE}\r\n`,
      403,
      forbidden('evil.example'),
    ],
    ['an empty Host', `GET /version HTTP/1.1\r\nHost:\r\n${CLOSE}\r\n`, 403, forbidden('')],
    ['OPTIONS *', `OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, 200, 'content-length: 0'],
    ['GET *', `GET * HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}\r\n`, 404, '404 page not found\n'],
    ['CONNECT', `CONNECT localhost:80 HTTP/1.1\r\n${HOST}${TOKEN}\r\n`, 404, '404 page not found\n'],
    ['a target of 20 kB', `GET /readyz?x=${'a'.repeat(20_000)} HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}\r\n`, 200, 'ok'],
    ['3,000 headers', `GET /readyz HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}${'x: y\r\n'.repeat(3000)}\r\n`, 200, 'ok'],
    ['Expect: tea', `${POST}Expect: tea\r\n${sized(body('tea'))}`, 417, ''],
    [
      'a protocol nobody knows',
      `GET /readyz HTTP/1.1\r\n${HOST}${TOKEN}Connection: Upgrade\r\nUpgrade: foo\r\n\r\n`,
      200,
      'ok',
    ],
    [
      'a zipped bomb, not unpacked',
      `${POST}${CLOSE}${bomb}`,
      400,
      "invalid character '\\\\x1f' looking for beginning of value (1f8b08",
    ],
    [
      'a preflight',
      `OPTIONS /api/v1/pods HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}${evil}\r\n`,
      405,
      '"reason":"MethodNotAllowed"',
    ],
    ['another origin', `GET /readyz HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}${evil}\r\n`, 200, 'ok'],
  ])('%s', async (_, bytes, status, words) => {
    const answer = await exchange(open(world), bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain(words);
    expect(answer.toLowerCase()).not.toContain('access-control-');
  });

  test('Expect: 100-continue is told to go on', async () => {
    const answer = await exchange(open(world), `${POST}${CLOSE}Expect: 100-continue\r\n${sized(body('continued'))}`);
    expect(answer.match(/HTTP\/1\.1 .*/g)).toEqual(['HTTP/1.1 100 Continue', 'HTTP/1.1 201 Created']);
  });

  test('chunks without end are refused at 3 MiB, and not waited for', async () => {
    const chunks = `10000\r\n${'a'.repeat(0x10000)}\r\n`.repeat(64);
    const answer = await exchange(open(world), `${POST}Transfer-Encoding: chunked\r\n\r\n${chunks}`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 Request Entity Too Large\r\n/);
    expect(answer).toContain('"message":"Request entity too large: limit is 3145728"');
  });

  test('requests on top of each other are answered in turn, and what is wrong after them last', async () => {
    const get = (path: string) => `GET ${path} HTTP/1.1\r\n${HOST}${TOKEN}\r\n`;
    const made = `${POST}${sized(body('in-turn'))}`;
    const answer = await exchange(open(world), `${get('/readyz')}${made}${get(`${MAPS}/in-turn`)}BAD\r\n\r\n`);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['200', '201', '200', '400'].map((status) => `HTTP/1.1 ${status}`));
    expect(answer.endsWith(BAD)).toBe(true);
  });

  test('behind a watch nothing is begun, and a hundred are waited with at most', async () => {
    const watch = `GET ${MAPS}?watch=true HTTP/1.1\r\n${HOST}${TOKEN}\r\n`;
    const few = open(world);
    await exchange(few, watch.repeat(5), (text) => text.includes('ADDED'));
    expect(world.serving.open().exchanges).toBe(1);
    few.destroy();
    const answer = await exchange(open(world), watch.repeat(500));
    expect(answer.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThan(2);
  });

  test('leave nothing behind', () => expectQuiet(world));
});

describe('clients that go, come in crowds or stay', () => {
  test.each<[string, string]>([
    ['in a watch', `GET ${MAPS}?watch=true HTTP/1.1\r\n${HOST}${TOKEN}\r\n`],
    ['in a watch over a WebSocket', watchOverSocket()],
    ['in a watch that asked for a protocol nobody knows', watchOverSocket('foo')],
  ])('resets %s', async (_, bytes) => {
    const socket = open(world);
    await exchange(socket, bytes, (text) => text.includes('ADDED'));
    expect(world.serving.open()).toEqual({ connections: 1, exchanges: 1 });
    reset(socket);
    await expectQuiet(world);
  });

  test('resets in a body, in headers and in a handshake', async () => {
    const pieces = [`${POST}Content-Length: 100\r\n\r\n{"met`, `${POST}Content-Le`];
    const sockets = pieces.map((piece) => {
      const socket = open(world);
      socket.write(piece);
      return socket;
    });
    const raw = open(world, true);
    raw.write(Buffer.from('160301020001', 'hex'));
    await expect.poll(() => world.serving.open().connections).toBe(3);
    for (const socket of [...sockets, raw]) reset(socket);
    await expectQuiet(world);
  });

  test('garbage after an upgrade ends it', async () => {
    const answer = await exchange(open(world), `${watchOverSocket()}${'\xff'.repeat(1000)}`);
    expect(answer).not.toContain('ADDED');
    await expectQuiet(world);
  });

  test('500 at once: whoever says something is answered', async () => {
    const get = `GET /readyz HTTP/1.1\r\n${HOST}${TOKEN}${CLOSE}\r\n`;
    const silent = Array.from({ length: 450 }, () => open(world, true));
    const answers = await Promise.all(Array.from({ length: 50 }, () => exchange(open(world), get)));
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200 OK'))).toHaveLength(50);
    expect(world.serving.open().connections).toBeGreaterThanOrEqual(450);
    for (const socket of silent) socket.destroy();
    await expectQuiet(world);
  });
});

function watchOverSocket(protocol = 'websocket'): string {
  const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const origin = 'Origin: https://localhost\r\n';
  const start = `GET ${MAPS}?watch=true HTTP/1.1\r\n${HOST}${TOKEN}${origin}`;
  return `${start}Connection: Upgrade\r\nUpgrade: ${protocol}\r\n${key}\r\n`;
}

describe('clients that are slow', () => {
  const half = `${POST}Content-Length: 100\r\n\r\n{"met`;
  test('say nothing, half a handshake or half their headers, and are hung up on; half a body is 504', async () => {
    const [silent, handshake, headers, halfBody] = await Promise.all([
      exchange(open(hasty, true), ''),
      exchange(open(hasty, true), Buffer.from('16030100050101010101', 'hex')),
      exchange(open(hasty), `${POST}x: `),
      exchange(open(hasty), half),
    ]);
    expect([silent, handshake, headers]).toEqual(['', '', '']);
    expect(halfBody).toMatch(/^HTTP\/1\.1 504 Gateway Timeout\r\n/);
    expect(halfBody).toContain('"message":"Timeout: request did not complete within the allotted timeout"');
    await expectQuiet(hasty);
  });

  test('never read a long list, and are cut off; or long watches, of which the first goes when all are too much', async () => {
    for (let index = 0; index < 14; index += 1) {
      const object = { metadata: { name: `long-${index}` }, data: { a: 'x'.repeat(900_000) } };
      const headers = { 'content-type': 'application/json', authorization: 'Bearer admin-token', connection: 'close' };
      await ask(world, MAPS, { method: 'POST', headers, body: JSON.stringify(object) });
    }
    const deaf = (target: string) => {
      const socket = open(world);
      socket.pause();
      socket.write(`GET ${target} HTTP/1.1\r\n${HOST}${TOKEN}\r\n`);
      return socket;
    };
    const list = deaf(MAPS);
    await expect.poll(() => world.serving.open().exchanges).toBe(0);
    await expect.poll(() => world.serving.open().connections, { timeout: 5000 }).toBe(0);
    list.destroy();
    const asked = () =>
      world.inputs.filter(({ input }) => input.kind === 'request' && input.request.target === `${MAPS}?watch=true`);
    const askedBefore = asked().length;
    const watches = Array.from({ length: 8 }, () => deaf(`${MAPS}?watch=true`));
    await expect.poll(() => asked().length, { timeout: 10_000 }).toBe(askedBefore + 8);
    await expect.poll(() => world.serving.open().connections, { timeout: 5000 }).toBeLessThan(8);
    for (const socket of watches) socket.destroy();
    await expectQuiet(world);
  });
});

test('a server that is stopped waits for nobody', async () => {
  const stopped = await serveWorld('test-cmd');
  const bytes = ['', `${POST}x: `, `${POST}Content-Length: 9\r\n\r\n`, watchOverSocket()];
  const sockets = bytes.map((piece) => {
    const socket = open(stopped);
    socket.write(piece);
    return socket;
  });
  await Promise.all(sockets.map((socket) => once(socket, 'secureConnect')));
  const closed = sockets.map((socket) => once(socket, 'close'));
  for (const socket of sockets) socket.resume();
  await stopped.stop();
  await Promise.all(closed);
});
