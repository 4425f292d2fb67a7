import { expect, test } from 'vitest';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { Channel } from '../../../src/sim/kernel/channel.js';
import type { Frame, HttpRequest, HttpResponse } from '../../../src/sim/kernel/network.js';
import { bash } from '../../../src/sim/shell/bash.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';
import { pod, testNode } from './node.js';

const programs = { ...coreutils, bash };

/** Asks the node's kubelet as the API server does. */
function ask(node: ReturnType<typeof testNode>, request: Partial<HttpRequest> & { target: string }): HttpResponse {
  let answer: HttpResponse | undefined;
  startProcess(
    node.host.kernel,
    function* caller(sys) {
      const connection = yield* sys.connect({ address: '172.30.1.3', port: 10250 });
      yield* connection.startTls({ insecure: true });
      const message = yield* connection.request({ kind: 'http', method: 'GET', headers: {}, ...request });
      if (message.kind === 'http-response') answer = message;
      return 0;
    },
    ['caller'],
  );
  node.advance(0.5);
  return answer as HttpResponse;
}

const text = ({ body }: HttpResponse): string => Buffer.from(body ?? []).toString('utf8');

test('logs: the whole, the tail, and why there is none', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('talk', { command: ['sh', '-c', 'echo one; echo two; sleep 100'] }));
  node.create(pod('stuck', { image: 'nope' }));
  node.advance(4);
  const log = (name: string, query = '') => ask(node, { target: `/containerLogs/default/${name}/main${query}` });
  expect(text(log('talk'))).toBe('one\ntwo\n');
  expect(text(log('talk', '?tailLines=1'))).toBe('two\n');
  expect(log('talk', '?previous=true')).toMatchObject({ status: 400 });
  expect(text(log('talk', '?previous=true'))).toBe('previous terminated container "main" in pod "talk" not found');
  expect(text(log('stuck'))).toMatch(
    /^container "main" in pod "stuck" is waiting to start: (?:trying and failing to pull image|image can't be pulled)$/,
  );
  expect(log('nobody')).toMatchObject({ status: 404 });
});

test('a path that cannot be read is refused, and nobody ends by it', () => {
  const node = testNode({ programs });
  node.advance(5);
  const statuses = ['/%zz', '/logs/%zz', '/%ff', 'pods', '//', '/healthz'].map(
    (target) => ask(node, { target }).status,
  );
  expect(statuses).toEqual([400, 400, 400, 400, 404, 200]);
});

/** kubelet v1.36.0, by reading: its routes of containers declare nothing that they produce (server.go, go-restful 3.13). */
test.each([
  ['application/json', 406],
  ['text/html, application/*;q=0.9', 406],
  ['text/html, */*;q=0.1', 404],
  ['', 404],
] as const)('who accepts %j is answered %i, though nothing is there', (accept, status) => {
  const node = testNode({ programs });
  node.advance(5);
  const answer = ask(node, { target: '/exec/default/nobody/main?command=ls', headers: { accept } });
  expect(answer.status).toBe(status);
  if (status === 406) expect(text(answer)).toBe('406: Not Acceptable\n\nAvailable representations: ');
});

test('exec: streams both ways and the exit code as a Status', () => {
  const node = testNode({ programs });
  node.advance(5);
  node.create(pod('box', { command: ['sleep', '1000'] }));
  node.advance(3);
  const upgrade = new Channel<Frame>();
  upgrade.send({ stream: 0, bytes: Buffer.from('hello\n') });
  upgrade.send({ stream: 0, bytes: new Uint8Array(0), end: true });
  const command = ['sh', '-c', 'read line; echo "got $line"; echo oops >&2; exit 7'].map(
    (word) => `command=${encodeURIComponent(word)}`,
  );
  const answer = ask(node, {
    method: 'POST',
    target: `/exec/default/box/main?input=1&output=1&error=1&${command.join('&')}`,
    upgrade,
  });
  node.advance(1);
  const streams: Record<number, string> = {};
  for (let frame = answer.upgrade?.tryReceive(); frame && frame !== 'end'; frame = answer.upgrade?.tryReceive())
    streams[frame.stream] = (streams[frame.stream] ?? '') + Buffer.from(frame.bytes).toString('utf8');
  expect(answer.status).toBe(101);
  expect(streams[1]).toBe('got hello\n');
  expect(streams[2]).toBe('oops\n');
  expect(JSON.parse(streams[3] ?? '{}')).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '7' }] },
  });
});

test('a port that is taken ends kubelet with its words, by the errno; the health port alone does not', () => {
  const taken = (port: number) => {
    const node = testNode({ programs, port });
    node.advance(5);
    return { exit: node.exit(), log: node.log.join('').match(/"Failed to [^\n]*/)?.[0] };
  };
  expect(taken(10_250)).toEqual({
    exit: 1,
    log: '"Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"',
  });
  expect(taken(10_248)).toEqual({
    exit: undefined,
    log: '"Failed to start healthz server" err="listen tcp 127.0.0.1:10248: bind: address already in use"',
  });
});
