import { Agent, request } from 'node:https';
import { WebSocket } from 'ws';
import type { FarExchange, FarListener, FarRequest, FarServer } from '../../../src/clusters/workstation/far-server.js';

const CLOSE_STREAM = 255;

/** A far server over HTTPS on this computer's loopback, with a token; ports are not carried. */
export function httpsFarServer(url: string, token: string): FarServer & { stop(): void } {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const authorization = `Bearer ${token}`;
  return {
    stop: () => agent.destroy(),
    exchange: (asked, hears) =>
      asked.upgrade ? speak(url, asked, hears, authorization) : ask(url, agent, asked, hears, authorization),
  };
}

function ask(url: string, agent: Agent, asked: FarRequest, hears: FarListener, authorization: string): FarExchange {
  const { hostname, port } = new URL(url);
  const { method, path, headers, body } = asked;
  const length = body || method !== 'GET' ? { 'content-length': String(body?.length ?? 0) } : {};
  let over = false;
  const end = (error?: string): void => {
    if (!over) hears.end(error);
    over = true;
  };
  const all = { ...listed(headers), ...length, authorization };
  const sent = request({ agent, host: hostname, port, method, path, headers: all }, (response) => {
    const given = Object.entries(response.headersDistinct).map(([name, values = []]): [string, string] => [
      name,
      values.join(', '),
    ]);
    hears.response({ status: response.statusCode ?? 0, headers: Object.fromEntries(given) }, true);
    response.on('data', (chunk: Buffer) => over || hears.chunk(0, chunk));
    response.on('end', () => end());
    response.on('error', (error) => end(error.message));
  });
  sent.on('error', (error) => end(error.message));
  sent.end(body);
  return {
    frame: () => {},
    disconnect: () => {
      over = true;
      sent.destroy();
    },
  };
}

/** A process's streams over a WebSocket of v5.channel.k8s.io. */
function speak(url: string, { path, headers }: FarRequest, hears: FarListener, authorization: string): FarExchange {
  const socket = new WebSocket(`${url.replace(/^https/, 'wss')}${path}`, 'v5.channel.k8s.io', {
    headers: { ...listed(headers), authorization },
    rejectUnauthorized: false,
  });
  let over = false;
  const waiting: Buffer[] = [];
  const send = (bytes: Buffer): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    else waiting.push(bytes);
  };
  socket.on('open', () => {
    hears.response({ status: 101, headers: {} }, true);
    for (const bytes of waiting.splice(0)) socket.send(bytes);
  });
  socket.on('unexpected-response', (_, response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => {
      over = true;
      const type = response.headers['content-type'] ?? 'text/plain';
      hears.response(
        { status: response.statusCode ?? 0, headers: { 'content-type': type }, body: Buffer.concat(chunks) },
        false,
      );
    });
  });
  socket.on('message', (data: Buffer) => {
    if (!over) hears.chunk(data[0] ?? 0, data.subarray(1));
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    if (!over) hears.end();
    over = true;
  });
  return {
    frame: (stream, bytes, last) => {
      if (bytes.length > 0) send(Buffer.concat([Buffer.of(stream), bytes]));
      if (last) send(Buffer.of(CLOSE_STREAM, stream));
    },
    disconnect: () => {
      over = true;
      socket.terminate();
    },
  };
}

/** Each line of an impersonated group is a header of its own. */
function listed(headers: Readonly<Record<string, string>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.includes('\n') ? value.split('\n') : value]),
  );
}
