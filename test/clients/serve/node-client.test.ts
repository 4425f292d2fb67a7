import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { knownType } from '../../../src/sim/api/facts/fact-types.js';
import { decodeProtobuf, encodeProtobuf } from '../../../src/sim/api/protobuf/codec.js';
import { readMessage } from '../../../src/sim/api/protobuf/message.js';
import { createMachine } from '../../../src/sim/index.js';
import { ask, create, exec, follow } from './node-client.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const PODS = '/api/v1/namespaces/default/pods';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const JSON_TYPE = { 'content-type': 'application/json' };
const MEBIBYTE = 1024 * 1024;

let world: ServedWorld;
beforeAll(async () => {
  world = await serveWorld();
});
afterAll(async () => {
  await world.stop();
});

async function runPod(name: string, command: string[]): Promise<void> {
  const spec = { containers: [{ name: 'main', image: 'busybox', command }], terminationGracePeriodSeconds: 0 };
  await create(world, PODS, { metadata: { name }, spec });
  const watch = follow(world, `${PODS}?watch=true&fieldSelector=metadata.name=${name}`);
  await watch.until((text) => text.includes('"ready":true'));
  watch.close();
}

describe('what is refused', () => {
  const anonymous = { anonymous: true } as const;
  test.each([
    [
      'a client without certificate or token',
      PODS,
      anonymous,
      403,
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    ['nobody at the root', '/', anonymous, 403, 'forbidden: User "system:anonymous" cannot get path "/"'],
    ['a wrong token', '/api', { ...anonymous, headers: { authorization: 'Bearer nonsense' } }, 401, 'Unauthorized'],
    [
      'a body of no known type',
      PODS,
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' },
      415,
      'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'an answer in no known type',
      PODS,
      { headers: { accept: 'text/html' } },
      406,
      // What else it can say stands behind these three.
      expect.stringMatching(
        /^406: Not Acceptable\n\nAvailable representations: application\/json, application\/yaml, application\/vnd\.kubernetes\.protobuf(?:$|,)/,
      ),
    ],
    [
      'broken protobuf',
      PODS,
      { method: 'POST', headers: { 'content-type': PROTOBUF }, body: '{x' },
      400,
      'the object provided is unrecognized (must be of type Pod): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] ({x)',
    ],
    [
      'an endless body',
      PODS,
      { method: 'POST', headers: JSON_TYPE, body: Buffer.alloc(4 * MEBIBYTE) },
      413,
      'Request entity too large: limit is 3145728',
    ],
    [
      'exec without an upgrade',
      '/api/v1/namespaces/kube-system/pods/etcd-controlplane/exec?command=ls&stdout=true',
      { method: 'POST' },
      400,
      'Upgrade request required',
    ],
  ])('%s', async (_, path, options, status, message) => {
    const answer = await ask(world, path, options);
    expect(answer.json()).toMatchObject({ kind: 'Status', status: 'Failure', code: status, message });
    expect(answer.status).toBe(status);
  });

  test('an unknown path, in the words of Go', async () => {
    const { status, headers, text } = await ask(world, '/nope');
    expect([status, headers['content-type'], text]).toEqual([404, 'text/plain; charset=utf-8', '404 page not found\n']);
  });

  test('HTTP without TLS, in the words of Go', async () => {
    const socket = connectPlain(world.serving.port, '127.0.0.1');
    socket.write('GET /version HTTP/1.1\r\nHost: x\r\n\r\n');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toBe('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
  });

  test('what is no HTTP at all', async () => {
    const socket = connectTls({
      port: world.serving.port,
      host: '127.0.0.1',
      ca: world.tls.ca,
      servername: 'localhost',
    });
    await once(socket, 'secureConnect');
    socket.write('hello\r\n\r\n');
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    expect(bytes.toString()).toContain('HTTP/1.1 400 Bad Request');
    expect((await ask(world, '/readyz')).text).toBe('ok');
  });

  test('a client that goes away in the middle of its request', async () => {
    const socket = connectTls({ port: world.serving.port, host: '127.0.0.1', servername: 'localhost', ...world.tls });
    await once(socket, 'secureConnect');
    socket.write(`POST ${PODS} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{`);
    socket.destroy();
    expect((await ask(world, '/readyz')).text).toBe('ok');
  });
});

describe('what is said', () => {
  test('an object in protobuf, there and back, alone, in a list and as a Status', async () => {
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'proto' }, data: { a: 'b' } };
    const headers = { 'content-type': PROTOBUF, accept: PROTOBUF };
    const made = await ask(world, CONFIG_MAPS, { method: 'POST', headers, body: Buffer.from(encodeProtobuf(object)) });
    expect([made.status, made.headers['content-type']]).toEqual([201, PROTOBUF]);
    expect(decodeProtobuf(made.bytes)).toMatchObject({
      kind: 'ConfigMap',
      data: { a: 'b' },
      metadata: { name: 'proto' },
    });
    const list = decodeProtobuf((await ask(world, CONFIG_MAPS, { headers: { accept: PROTOBUF } })).bytes);
    const names = (list['items'] as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
    expect([list['kind'], names]).toEqual(['ConfigMapList', expect.arrayContaining(['kube-root-ca.crt', 'proto'])]);
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', dryRun: ['All'] };
    const body = Buffer.from(encodeProtobuf(options));
    const dry = await ask(world, `${CONFIG_MAPS}/proto`, { method: 'DELETE', headers, body });
    expect(decodeProtobuf(dry.bytes)).toMatchObject({ kind: 'Status', status: 'Success' });
    expect((await ask(world, `${CONFIG_MAPS}/proto`)).status).toBe(200);
    const refused = await ask(world, `${CONFIG_MAPS}/none`, { headers: { accept: PROTOBUF } });
    expect(decodeProtobuf(refused.bytes)).toMatchObject({ kind: 'Status', code: 404, reason: 'NotFound' });
  });

  test('a table is never protobuf', async () => {
    const accept = `${PROTOBUF};as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1;g=meta.k8s.io`;
    const answer = await ask(world, '/api/v1/nodes', { headers: { accept } });
    expect([answer.headers['content-type'], answer.json().kind]).toEqual(['application/json', 'Table']);
  });

  test('a warning with letters that HTTP has not', async () => {
    const body = JSON.stringify({ metadata: { name: 'warned' }, 日本: 1 });
    const answer = await ask(world, CONFIG_MAPS, { method: 'POST', headers: JSON_TYPE, body });
    expect(Buffer.from(answer.headers['warning'] as string, 'latin1').toString()).toBe(
      '299 - "unknown field \\"日本\\""',
    );
  });

  test('schemas: an index of hashed places, documents that may be kept, and a way from old hashes to new', async () => {
    const { paths } = (await ask(world, '/openapi/v3')).json();
    const place = paths['apis/apps/v1'].serverRelativeURL as string;
    const document = await ask(world, place);
    expect(document.headers['cache-control']).toContain('immutable');
    const { schemas } = document.json().components;
    expect(schemas['io.k8s.api.apps.v1.Deployment']['x-kubernetes-group-version-kind']).toEqual([
      { group: 'apps', kind: 'Deployment', version: 'v1' },
    ]);
    expect(schemas['io.k8s.api.apps.v1.DeploymentSpec'].required).toEqual(['selector', 'template']);
    expect(schemas['io.k8s.api.core.v1.PodSpec'].properties.containers).toMatchObject({
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-patch-merge-key': 'name',
      'x-kubernetes-patch-strategy': 'merge',
    });
    const references = [...document.text.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(
      ([, name]) => name as string,
    );
    expect(references.filter((name) => !(name in schemas))).toEqual([]);
    const old = await ask(world, '/openapi/v3/apis/apps/v1?hash=OLD');
    expect([old.status, old.headers.location]).toEqual([301, place]);
    const again = await ask(world, place, { headers: { 'if-none-match': document.headers.etag as string } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('the v2 document, as JSON and as the message that kubectl reads', async () => {
    const json = await ask(world, '/openapi/v2');
    const { definitions } = json.json();
    expect(definitions['io.k8s.api.core.v1.Pod'].properties.spec.$ref).toBe('#/definitions/io.k8s.api.core.v1.PodSpec');
    expect(json.text).not.toContain('#/components');
    const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    const message = await ask(world, '/openapi/v2', { headers: { accept } });
    expect([message.status, message.headers['content-type']]).toEqual([
      200,
      'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
    ]);
    // Field 1, three bytes: the version of the specification.
    expect(message.text.slice(0, 5)).toBe('\n\u00032.0');
    expect((await ask(world, '/openapi/v2', { headers: { accept: 'text/html' } })).status).toBe(406);
  });
});

describe('reviews', () => {
  const REVIEWS = '/apis/authorization.k8s.io/v1';
  const post = (path: string, object: object) =>
    ask(world, path, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(object) });

  test.each([
    [{ verb: 'get', resource: 'pods', namespace: 'x' }, { user: 'bob' }, false],
    [{ verb: 'get', resource: 'pods', namespace: 'x' }, { groups: ['system:masters'] }, true],
  ])('%j by %j: %s', async (resourceAttributes, who, allowed) => {
    const spec = { resourceAttributes, ...who };
    expect((await post(`${REVIEWS}/subjectaccessreviews`, { spec })).json().status).toMatchObject({ allowed });
    const local = await post(`${REVIEWS}/namespaces/x/localsubjectaccessreviews`, { spec });
    expect(local.json().status).toMatchObject({ allowed });
    expect((await post(`${REVIEWS}/namespaces/y/localsubjectaccessreviews`, { spec })).status).toBe(422);
  });

  test('a question about nothing, or about nobody', async () => {
    expect((await post(`${REVIEWS}/selfsubjectaccessreviews`, { spec: {} })).json().message).toBe(
      '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
    );
    const nobody = { spec: { nonResourceAttributes: { path: '/', verb: 'get' } } };
    expect((await post(`${REVIEWS}/subjectaccessreviews`, nobody)).json().message).toBe(
      '.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified',
    );
    expect((await ask(world, `${REVIEWS}/subjectaccessreviews`)).status).toBe(405);
  });

  test('whose a token is', async () => {
    const path = '/api/v1/namespaces/kube-system/serviceaccounts/coredns/token';
    const { token } = (await post(path, { spec: {} })).json().status;
    const review = '/apis/authentication.k8s.io/v1/tokenreviews';
    expect((await post(review, { spec: { token } })).json().status).toMatchObject({
      authenticated: true,
      user: { username: 'system:serviceaccount:kube-system:coredns' },
    });
    expect((await post(review, { spec: { token: 'nonsense' } })).json().status.authenticated).toBeUndefined();
  });
});

describe('streams', () => {
  test('a watch sees what is written, and a log what is printed, as it happens', async () => {
    const watch = follow(world, `${CONFIG_MAPS}?watch=true`);
    await watch.until((text) => text.includes('kube-root-ca.crt'));
    await create(world, CONFIG_MAPS, { metadata: { name: 'seen' } });
    await watch.until((text) => text.includes('"name":"seen"'));
    watch.close();
    await runPod('talker', ['sh', '-c', 'i=0; while true; do echo "line $i"; i=$((i+1)); sleep 0.2; done']);
    const log = follow(world, `${PODS}/talker/log?follow=true`);
    const text = await log.until((so) => so.includes('line 3'));
    expect(text).toMatch(/^line 0\nline 1\nline 2\n/);
    log.close();
  });

  test('a watch in protobuf: each event behind its length', async () => {
    const path = '/api/v1/nodes?watch=true&fieldSelector=metadata.name=node01';
    const watch = follow(world, path, `${PROTOBUF};stream=watch`);
    const bytesOf = (text: string) => Buffer.from(text, 'latin1');
    const whole = (text: string) => text.length >= 4 && text.length >= 4 + bytesOf(text).readUInt32BE();
    const bytes = bytesOf(await watch.until(whole));
    watch.close();
    const event = readMessage(
      knownType('meta.v1.WatchEvent'),
      bytes.subarray(4, 4 + bytes.readUInt32BE()).subarray(0, 7),
    );
    expect(event).toEqual({ type: 'ADDED' });
    const envelope = bytes.indexOf('k8s\0', 0, 'latin1');
    const object = decodeProtobuf(bytes.subarray(envelope, 4 + bytes.readUInt32BE()));
    expect(object).toMatchObject({ kind: 'Node', metadata: { name: 'node01' } });
  });

  test('exec: what goes in comes out, its end is seen, and the exit code is told', async () => {
    await runPod('box', ['sleep', '100000']);
    const sorted = exec(world, 'box', { stdin: 'true', stdout: 'true', stderr: 'true' }, ['sort']);
    sorted.send(0, 'b\na\n');
    sorted.closeStream(0);
    const [, output, , status] = await sorted.end;
    expect([output, JSON.parse(status as string).status]).toEqual(['a\nb\n', 'Success']);
    const failing = exec(world, 'box', { stdout: 'true', stderr: 'true' }, ['sh', '-c', 'echo no >&2; exit 3']);
    const [, nothing, errors, failure] = await failing.end;
    expect([nothing, errors]).toEqual(['', 'no\n']);
    expect(JSON.parse(failure as string)).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });

  test('exec at a terminal: its size follows, and Ctrl-C reaches what runs', async () => {
    const shell = exec(world, 'box', { stdin: 'true', stdout: 'true', tty: 'true' }, ['sh']);
    shell.send(4, '{"Width":90,"Height":20}');
    shell.send(0, 'stty size\n');
    await shell.until(([, output]) => output?.includes('20 90') ?? false);
    shell.send(4, '{"Width":100,"Height":30}');
    shell.send(0, 'stty size\n');
    await shell.until(([, output]) => output?.includes('30 100') ?? false);
    shell.send(0, 'sleep 1000; echo "ended with $?"\n');
    await shell.until(([, output]) => /sleep 1000; [^\n]*\n/.test(output ?? ''));
    shell.send(0, '\x03');
    await shell.until(([, output]) => output?.includes('^C') ?? false);
    shell.send(0, 'echo still $((1+1)) here\n');
    await shell.until(([, output]) => output?.includes('still 2 here') ?? false);
    shell.send(0, 'exit 5\n');
    const [, , , status] = await shell.end;
    expect(JSON.parse(status as string).details.causes).toEqual([{ reason: 'ExitCode', message: '5' }]);
  });

  test('a client that does not read is disconnected when it is too far behind', { timeout: 120_000 }, async () => {
    const query = new URLSearchParams({ stdout: 'true' });
    for (const word of ['sh', '-c', 'yes | head -c 40000000']) query.append('command', word);
    const socket = connectTls({ port: world.serving.port, host: '127.0.0.1', servername: 'localhost', ...world.tls });
    await once(socket, 'secureConnect');
    const closed = once(socket, 'close');
    socket.on('error', () => {});
    const headers = [
      `GET ${PODS}/box/exec?${query} HTTP/1.1`,
      'Host: localhost',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Protocol: v5.channel.k8s.io',
    ];
    socket.write(`${headers.join('\r\n')}\r\n\r\n`);
    const before = world.inputs.length;
    const gone = () => world.inputs.slice(before).some(({ input }) => input.kind === 'disconnect');
    await expect.poll(gone, { timeout: 100_000 }).toBe(true);
    socket.resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(20 * MEBIBYTE);
  });
});

test('the machine never passes the wall clock', () => {
  expect(world.serving.reached()).toBeGreaterThan(world.options.epoch - 1);
  expect(world.serving.reached()).toBeLessThanOrEqual(Date.now() * 1000);
});

/** Mulberry32: the same portions for the same seed. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

test('all of it again, from what was journalled, with time cut in other portions', { timeout: 120_000 }, async () => {
  const { instant: end, hash, inputs } = await world.stop();
  expect(inputs.length).toBeGreaterThan(40);
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = dice(seed);
  const machine = createMachine(world.options);
  const advanceTo = (instant: number): void => {
    while (machine.now() < instant) {
      machine.advance(Math.min(instant - machine.now(), 1 + Math.floor(random() * 400_000)));
      machine.takeEvents();
    }
  };
  for (const { instant, input } of inputs) {
    advanceTo(instant);
    machine.input(input);
    // As the machine's host does it: what can answer at this very instant does, before the next input.
    machine.advance(0);
  }
  advanceTo(end);
  expect(machine.traceHash(), `portions drawn with ${seed}`).toBe(hash);
  expect(machine.crashes()).toEqual([]);
});
