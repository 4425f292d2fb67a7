import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { openDoor } from '../../../src/sim/http/door.js';

test('garbage instead of SPDY ends the connection, and nothing is left of it', async () => {
  const gone: number[] = [];
  const exchanged = { frame: () => {}, disconnect: () => void gone.push(1) };
  const request: Parameters<typeof openDoor>[1]['request'] = (_, __, reply) => {
    queueMicrotask(() => reply.response({ status: 101, headers: {} }, true));
    return exchanged;
  };
  const door = await openDoor(0, { request }, { secret: 'test', now: Date.now() * 1000 });
  for (const garbage of [
    '\xff'.repeat(1000),
    '\x80\x03\x00\x01\x00\x00\x00\x02ab',
    '\x80\x03\x00\x03\x00\x00\x00\x00',
  ]) {
    const socket = connectTls({ port: door.port, host: '127.0.0.1', servername: 'localhost', ca: door.authorities });
    socket.on('error', () => {});
    const target = '/api/v1/namespaces/default/pods/a/exec?command=x&stdout=1';
    const protocol = 'X-Stream-Protocol-Version: v4.channel.k8s.io\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n';
    socket.write(`POST ${target} HTTP/1.1\r\nHost: localhost\r\n${protocol}\r\n${garbage}`, 'latin1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    await once(socket, 'close');
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
  }
  await expect.poll(() => door.connections()).toBe(0);
  expect(gone).toHaveLength(3);
  await door.close();
});
