import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { realClients } from '../real-kubectl.js';
import { ask, create, follow } from './node-client.js';
import { start } from './program.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const clients = realClients();
const PODS = '/api/v1/namespaces/default/pods';

let world: ServedWorld;
beforeAll(async () => {
  world = await serveWorld();
  await runPod('box', 'busybox', ['sh', '-c', 'echo begun; sleep 100000']);
  await runPod('web', 'nginx');
  await runPod('echo', 'busybox', ['nc', '-lk', '-p', '7000', '-e', 'cat']);
});
afterAll(async () => {
  await world.stop();
});

async function runPod(name: string, image: string, command?: string[]): Promise<void> {
  const container = { name: 'main', image, ...(command ? { command } : {}) };
  await create(world, PODS, {
    metadata: { name },
    spec: { containers: [container], terminationGracePeriodSeconds: 0 },
  });
  const watch = follow(world, `${PODS}?watch=true&fieldSelector=metadata.name=${name}`);
  await watch.until((text) => text.includes('"ready":true'));
  watch.close();
}

/** All messages of a WebSocket until it is closed, or the status that it was refused with. */
function converse(
  path: string,
  protocols: string[],
  say: (socket: WebSocket) => void = () => {},
  options: ClientOptions = {},
): Promise<unknown> {
  const url = `${world.server.replace('https', 'wss')}${path}`;
  const socket = new WebSocket(url, protocols, { ...world.tls, ...options });
  const messages: string[] = [];
  socket.on('open', () => say(socket));
  socket.on('message', (data: Buffer, binary) => messages.push(data.toString(binary ? 'latin1' : 'utf8')));
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
    socket.on('error', reject);
    socket.on('close', () => resolve({ protocol: socket.protocol, messages }));
  });
}

const EXEC = `${PODS}/box/exec?stdout=true&stderr=true`;
const FAILING = `${EXEC}&command=sh&command=-c&command=${encodeURIComponent('echo out; exit 3')}`;
const MESSAGE = 'command terminated with non-zero exit code: command terminated with exit code 3';
const FAILURE = `{"metadata":{},"status":"Failure","message":"${MESSAGE}","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('exec over a WebSocket, in every protocol', () => {
  test.each([
    [['v5.channel.k8s.io'], 'v5.channel.k8s.io', ['\x01', '\x01out\n', `\x03${FAILURE}`]],
    [['v4.channel.k8s.io'], 'v4.channel.k8s.io', ['\x01', '\x01out\n', `\x03${FAILURE}`]],
    [['v4.base64.channel.k8s.io'], 'v4.base64.channel.k8s.io', ['1', `1${base64('out\n')}`, `3${base64(FAILURE)}`]],
    [['channel.k8s.io'], 'channel.k8s.io', ['\x01', '\x01out\n', `\x03${MESSAGE}`]],
    [['base64.channel.k8s.io'], 'base64.channel.k8s.io', ['1', `1${base64('out\n')}`, `3${base64(MESSAGE)}`]],
    [[], '', ['\x01', '\x01out\n', `\x03${MESSAGE}`]],
    [['nonsense', 'v4.channel.k8s.io'], 'v4.channel.k8s.io', ['\x01', '\x01out\n', `\x03${FAILURE}`]],
  ])('%j', async (offered, protocol, messages) => {
    expect(await converse(FAILING, offered)).toEqual({ protocol, messages });
  });

  test('none that is known is refused', async () => {
    expect(await converse(FAILING, ['nonsense'])).toBe(403);
  });

  test('input in base64', async () => {
    const path = `${PODS}/box/exec?stdin=true&stdout=true&command=head&command=-n1`;
    const answer = await converse(path, ['base64.channel.k8s.io'], (socket) => socket.send(`0${base64('ä\n')}`));
    expect(answer).toMatchObject({ messages: ['1', `1${base64('ä\n')}`] });
  });
});

test('what cannot be started is told once, and twice where kubelet speaks to the runtime for the client', async () => {
  const path = `${EXEC}&command=nonsense`;
  const said = async (protocol: string): Promise<string> => {
    const { messages } = (await converse(path, [protocol])) as { messages: string[] };
    return JSON.parse((messages.at(-1) as string).slice(1)).message;
  };
  const once = 'Internal error occurred: error executing command in container: failed to exec in container: ';
  expect(await said('v4.channel.k8s.io')).toMatch(new RegExp(`^${once}`));
  expect(await said('v5.channel.k8s.io')).toMatch(new RegExp(`^Internal error occurred: ${once}`));
});

test('only what was asked for comes back, and something must be', async () => {
  const path = `${PODS}/box/exec?stderr=true&command=sh&command=-c&command=${encodeURIComponent('echo out; echo no >&2')}`;
  expect(await converse(path, ['v4.channel.k8s.io'])).toMatchObject({
    messages: ['\x02', '\x02no\n', expect.stringContaining('Success')],
  });
  expect(await converse(`${PODS}/box/exec?command=ls`, ['v4.channel.k8s.io'])).toBe(400);
});

test('kubelet is reached through its node, and its streams by its own names of them', async () => {
  const kubeletOf = async (pod: string): Promise<string> => {
    const { spec } = (await ask(world, `${PODS}/${pod}`)).json();
    return `/api/v1/nodes/${spec.nodeName}/proxy`;
  };
  const exec = `${await kubeletOf('box')}/exec/default/box/main?input=1&output=1&command=head&command=-n1`;
  const answer = await converse(exec, ['v4.channel.k8s.io'], (socket) => socket.send(Buffer.from('\0in\n')));
  expect(answer).toMatchObject({ messages: ['\x01', '\x01in\n', expect.stringContaining('Success')] });
  const ports = `${await kubeletOf('web')}/portForward/default/web?port=81`;
  expect(await converse(ports, ['v4.channel.k8s.io'])).toMatchObject({
    messages: ['\x00Q\0', '\x01Q\0', expect.stringContaining('connection refused')],
  });
});

/** Recorded from kube-apiserver v1.36.0. */
describe('watches over a WebSocket', () => {
  const path = '/api/v1/namespaces?watch=1&fieldSelector=metadata.name=default&timeoutSeconds=1';
  const origin = 'http://localhost';
  const added = expect.stringMatching(/^\{"type":"ADDED","object":\{"kind":"Namespace",.*\}\n$/);

  test.each([
    ['of nowhere', [], {}, 403],
    ['without a protocol', [], { origin }, { protocol: '', messages: [added] }],
    [
      'in any protocol, as text all the same',
      ['base64.binary.k8s.io'],
      { origin },
      { protocol: 'base64.binary.k8s.io', messages: [added] },
    ],
    ['in one of two', ['binary.k8s.io', 'base64.binary.k8s.io'], { origin }, 400],
    [
      'in protobuf, without lengths',
      [],
      { origin, headers: { accept: 'application/vnd.kubernetes.protobuf;stream=watch' } },
      { messages: [expect.stringMatching(/^\n\u0005ADDED\u0012/)] },
    ],
  ])('%s', async (_, protocols, options, said) => {
    const heard = await converse(path, protocols, () => {}, options);
    if (typeof said === 'number') expect(heard).toBe(said);
    else expect(heard).toMatchObject(said);
  });

  test('a list is a list', async () => {
    expect(await converse('/api/v1/namespaces', [], () => {}, { origin })).toBe(200);
  });
});

test.each([
  [[], '', ['', 'begun\n']],
  [['binary.k8s.io'], 'binary.k8s.io', ['', 'begun\n']],
  [['nonsense', 'base64.binary.k8s.io'], 'base64.binary.k8s.io', ['', base64('begun\n')]],
])('a log over a WebSocket in %j', async (offered, protocol, messages) => {
  for (const query of ['', '?follow=true&limitBytes=6'])
    expect(await converse(`${PODS}/box/log${query}`, offered)).toEqual({ protocol, messages });
  expect(await converse(`${PODS}/box/log`, ['nonsense'])).toBe(403);
});

describe('ports over a WebSocket as kubelet has it', () => {
  test('each port has two channels, that begin with its number', async () => {
    const path = `${PODS}/web/portforward?ports=80&ports=81`;
    const request = '\x00GET /nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
    const answer = (await converse(path, ['v4.channel.k8s.io'], (socket) => socket.send(Buffer.from(request)))) as {
      messages: string[];
    };
    const of = (channel: number) =>
      answer.messages.flatMap((text) => (text.charCodeAt(0) === channel ? [text.slice(1)] : []));
    expect([of(0)[0], of(1)[0], of(2), of(3)[0]]).toEqual(['P\0', 'P\0', ['Q\0'], 'Q\0']);
    expect(of(0).slice(1).join('')).toMatch(/^HTTP\/1\.1 404 Not Found\r\n[\s\S]*<center>nginx/);
    expect(of(3)[1]).toMatch(/^error forwarding port 81 to pod \w{64}, uid : failed to execute portforward in network/);
  });

  test.each([
    ['', 400],
    ['?ports=x', 400],
    ['?ports=0', 400],
  ])('%j is refused with %i', async (query, status) => {
    expect(await converse(`${PODS}/web/portforward${query}`, ['v4.channel.k8s.io'])).toBe(status);
  });
});

test('SPDY whose versions nobody here knows is refused, and says which are known', async () => {
  const socket = connectTls({ port: world.serving.port, host: '127.0.0.1', servername: 'localhost', ...world.tls });
  await once(socket, 'secureConnect');
  const headers = ['Host: localhost', 'Connection: Upgrade', 'Upgrade: SPDY/3.1', 'X-Stream-Protocol-Version: v9'];
  socket.write(`POST ${EXEC}&command=ls HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(socket, 'close');
  expect(text).toMatch(
    /^HTTP\/1\.1 403 Forbidden\r\n[\s\S]*\r\n\r\nunable to upgrade: unable to negotiate protocol: client supports \[v9\], server accepts \[v4\.channel\.k8s\.io v3/,
  );
});

const SPDY = { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false', KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false' };

describe.skipIf(clients.kubectl === undefined)(
  `real kubectl's streams (${clients.reason ?? 'here'})`,
  { timeout: 60_000 },
  () => {
    describe.each([
      ['WebSockets', {}],
      ['SPDY', SPDY],
    ])('over %s', (_, environment) => {
      const kubectl = (...args: string[]) => start(world, clients, args, environment);

      test('exec: output, errors, exit code, input to its end, and much output', async () => {
        expect(await kubectl('exec', 'box', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3').end).toEqual({
          code: 3,
          out: 'out\n',
          errors: 'err\ncommand terminated with exit code 3\n',
        });
        const sorted = kubectl('exec', '-i', 'box', '--', 'head', '-n2');
        sorted.type('b\na\nc\n');
        expect((await sorted.end).out).toBe('b\na\n');
        const much = await kubectl('exec', 'box', '--', 'sh', '-c', 'yes | head -c 2000000').end;
        expect([much.code, much.out.length]).toEqual([0, 2_000_000]);
      });

      test('attach: what is typed reaches the process, its end is the end', async () => {
        const name = environment === SPDY ? 'att-spdy' : 'att-ws';
        const session = kubectl('run', name, '--image=busybox', '-i', '--rm', '--restart=Never', '--', 'head', '-n1');
        session.type('typed\n');
        expect(await session.end).toMatchObject({
          code: 0,
          out: `typed\npod "${name}" deleted from default namespace\n`,
        });
      });

      test('port-forward: HTTP, raw bytes, many at once, and a port where nobody listens', async () => {
        const forward = kubectl('port-forward', 'pod/web', ':80');
        const { out } = await forward.until((text) => text.includes('Forwarding from 127.0.0.1'));
        const port = Number(/127\.0\.0\.1:(\d+) -> 80/.exec(out)?.[1]);
        const pages = await Promise.all([1, 2, 3].map(async () => (await fetch(`http://127.0.0.1:${port}/`)).text()));
        for (const page of pages) expect(page).toContain('Welcome to nginx!');
        await forward.stop();

        const raw = kubectl('port-forward', 'pod/echo', ':7000');
        const line = await raw.until((text) => text.includes('Forwarding from 127.0.0.1'));
        const socket = connect(Number(/127\.0\.0\.1:(\d+) -> 7000/.exec(line.out)?.[1]), '127.0.0.1');
        socket.write('there and back\n');
        expect(String((await once(socket, 'data'))[0])).toBe('there and back\n');
        socket.destroy();
        await raw.stop();

        const closed = kubectl('port-forward', 'pod/web', ':99');
        const shown = await closed.until((text) => text.includes('Forwarding from 127.0.0.1'));
        const refused = connect(Number(/127\.0\.0\.1:(\d+) -> 99/.exec(shown.out)?.[1]), '127.0.0.1');
        refused.on('error', () => {});
        expect(await closed.end).toMatchObject({
          code: 1,
          errors: expect.stringMatching(
            /error forwarding port 99 to pod \w+, uid : failed to execute portforward in network namespace .*dial tcp4 127\.0\.0\.1:99: connect: connection refused IPv6 dial tcp6 \[::1\]:99: connect: connection refused[\s\S]*error: lost connection to pod\n$/,
          ),
        });
      });
    });
  },
);

test('nothing is left of clients that are gone', async () => {
  const socket = new WebSocket(`${world.server.replace('https', 'wss')}${EXEC}&command=sleep&command=77777`, world.tls);
  await once(socket, 'message');
  const count = async (): Promise<string> => {
    const list = (await converse(`${EXEC}&command=ps`, ['v4.channel.k8s.io'])) as { messages: string[] };
    return String(list.messages.join('').split('sleep 77777').length - 1);
  };
  expect(await count()).toBe('1');
  socket.terminate();
  await expect.poll(count).toBe('0');
  expect((await ask(world, '/readyz')).text).toBe('ok');
});
