import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, create, follow } from './node-client.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const DEFAULT = '/api/v1/namespaces/default';

const KUBELET = '/api/v1/nodes/controlplane/proxy';

let world: ServedWorld;
beforeAll(async () => {
  world = await serveWorld('single-node');
  const container = { name: 'main', image: 'nginx', ports: [{ containerPort: 80 }] };
  await create(world, `${DEFAULT}/pods`, {
    metadata: { name: 'web', labels: { app: 'web' } },
    spec: { containers: [container] },
  });
  const service = (name: string, selector: object) =>
    create(world, `${DEFAULT}/services`, {
      metadata: { name },
      spec: { selector, ports: [{ name: 'page', port: 8080, targetPort: 80 }] },
    });
  await service('web', { app: 'web' });
  await service('nobody', { app: 'nobody' });
  const endpoints = follow(world, `${DEFAULT}/endpoints?watch=true`);
  await endpoints.until((text) => text.includes('"subsets":[{"addresses":') && text.includes('"name":"nobody"'));
  endpoints.close();
});
afterAll(async () => {
  await world.stop();
});

describe('health, as recorded from kube-apiserver v1.36.0', () => {
  const recorded = new Map(
    readFileSync(join(import.meta.dirname, '..', '..', 'reference', 'recorded', 'discovery.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id?: string; body?: string })
      .map(({ id = '', body = '' }) => [id.replace('discovery ', ''), body]),
  );
  /** A kubeadm cluster's server has a certificate for its proxy, the recorded one had none. */
  const PROXY = '[+]poststarthook/aggregator-reload-proxy-client-cert ok\n';

  test.each(['/livez?verbose', '/readyz?verbose', '/healthz?verbose'])('%s', async (path) => {
    const { text } = await ask(world, path);
    expect(text).toContain(PROXY);
    expect(text.replace(PROXY, '')).toBe(recorded.get(path));
  });

  test('one check, what is left out, and what cannot be', async () => {
    expect((await ask(world, '/readyz/etcd')).text).toBe('ok');
    expect((await ask(world, '/readyz/nonsense')).status).toBe(404);
    const { text } = await ask(world, '/livez?verbose&exclude=etcd&exclude=nonsense');
    expect(text).toContain('\n[+]etcd excluded: ok\n');
    expect(text).toMatch(
      /\nwarn: some health checks cannot be excluded: no matches for "nonsense"\nlivez check passed\n$/,
    );
  });
});

describe('through the server', () => {
  const services = `${DEFAULT}/services`;
  test.each([
    [`${services}/web:page/proxy/`, 200, 'Welcome to nginx!'],
    [`${services}/http:web:8080/proxy/?a=b`, 200, 'Welcome to nginx!'],
    [`${services}/web:page/proxy/nope`, 404, '<center>nginx'],
    [`${DEFAULT}/pods/web/proxy/`, 200, 'Welcome to nginx!'],
    [`${DEFAULT}/pods/web:80/proxy/`, 200, 'Welcome to nginx!'],
    ['/api/v1/nodes/controlplane/proxy/healthz', 200, 'ok'],
    ['/api/v1/nodes/controlplane:10250/proxy/pods', 200, '"kind":"PodList"'],
    [`${KUBELET}/healthz?verbose`, 200, '[+]ping ok\n[+]log ok\n[+]syncloop ok\nhealthz check passed\n'],
    [`${KUBELET}/healthz/syncloop`, 200, 'ok'],
    [`${KUBELET}/configz`, 200, '"clusterDNS":["10.96.0.10"]'],
    [`${KUBELET}/configz`, 200, '"shutdownGracePeriod":"0s"'],
    [`${KUBELET}/runningpods/`, 200, '"containers":[{"name":"main","image":"docker.io/library/nginx@sha256:'],
    [`${KUBELET}/metrics`, 200, 'kubelet_node_name{node="controlplane"} 1\n'],
    [`${KUBELET}/logs/`, 200, '<a href="pods/">pods/</a>\n'],
    [`${KUBELET}/logs/syslog`, 200, 'kubelet'],
    [`${KUBELET}/logs/pods`, 301, ''],
    [`${KUBELET}/logs/nope`, 404, '404 page not found\n'],
    [`${KUBELET}/logs/..%2fetc/passwd`, 400, 'invalid URL path\n'],
  ])('%s: %i', async (path, status, words) => {
    const answer = await ask(world, path);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(words)]);
  });

  test.each([
    [`${services}/web/proxy/`, 503, 'no endpoints available for service "web"'],
    [`${services}/web:81/proxy/`, 503, 'no service port 81 found for service "web"'],
    [`${services}/nobody:page/proxy/`, 503, 'no endpoints available for service "nobody"'],
    [`${services}/none/proxy/`, 404, 'services "none" not found'],
    [`${services}/none:80/proxy/`, 404, 'services "none" not found'],
    [`${services}/ftp:web:80/proxy/`, 400, 'invalid service request "ftp:web:80"'],
    [
      `${services}/https:web:page/proxy/`,
      503,
      'error trying to reach service: http: server gave HTTP response to HTTPS client',
    ],
  ])('%s is refused with %i', async (path, code, message) => {
    expect((await ask(world, path)).json()).toMatchObject({ kind: 'Status', code, message });
  });

  test('a port where nobody listens, and the way to the root', async () => {
    expect((await ask(world, `${DEFAULT}/pods/web:99/proxy/`)).json().message).toMatch(
      /^error trying to reach service: dial tcp 10\.244\.\d+\.\d+:99: connect: connection refused$/,
    );
    const path = `${services}/web:page/proxy`;
    const moved = await ask(world, `${path}?a=b`);
    expect([moved.status, moved.headers.location]).toEqual([301, `${path}/?a=b`]);
  });
});

/** The value of a metric whose labels are given. */
async function metric(name: string, ...labels: string[]): Promise<number> {
  const { text } = await ask(world, '/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`));
  const line = lines.find((one) => labels.every((label) => one.includes(label)));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe('metrics', () => {
  test('requests are counted by what they were and how they ended', async () => {
    const which = ['verb="GET"', 'resource="configmaps"', 'code="404"', 'scope="resource"'];
    const before = await metric('apiserver_request_total', ...which);
    await ask(world, `${DEFAULT}/configmaps/none`);
    await ask(world, `${DEFAULT}/configmaps/none`);
    expect((await metric('apiserver_request_total', ...which)) - before).toBe(2);
    expect(await metric('apiserver_storage_objects', 'resource="nodes"')).toBe(1);
    const { text, headers } = await ask(world, '/metrics');
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    // Every line is a comment or a sample.
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="[^"]*"(?:,\w+="[^"]*")*\})? [-+.\de]+)$/);
    expect((await ask(world, '/metrics', { anonymous: true })).status).toBe(403);
  });

  test('watches of clients that are gone are forgotten', async () => {
    const open = () => metric('apiserver_longrunning_requests', 'verb="WATCH"');
    // The cluster's own components, the kubelet for a new pod's volumes say, begin watches meanwhile and are counted too.
    const [ours, others] = [40, 5];
    const before = await open();
    const watches = Array.from({ length: ours }, () => follow(world, `${DEFAULT}/services?watch=true`));
    for (const watch of watches) await watch.until((text) => text.includes('nobody'));
    const during = await open();
    expect(during).toBeGreaterThanOrEqual(before + ours);
    for (const watch of watches) watch.close();
    await expect.poll(open).toBeLessThanOrEqual(during - ours + others);
  });
});

describe('other names and slow clients', () => {
  test.each([
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['10.0.0.1', 403],
    ['localhost', 200],
    ['127.0.0.1:1234', 200],
    ['[::1]:1', 200],
  ])('Host: %s is answered with %i', async (host, status) => {
    const answer = await ask(world, '/version', { headers: { host } });
    expect(answer.status).toBe(status);
    if (status === 403) {
      const message = `forbidden: this server answers on loopback only: call it https://127.0.0.1 instead of "${host}"`;
      expect(answer.json()).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403, message });
    }
  });

  test('a body that comes byte by byte is waited for, and holds nobody up', async () => {
    const socket = connectTls({ port: world.serving.port, host: '127.0.0.1', servername: 'localhost', ...world.tls });
    await once(socket, 'secureConnect');
    const body = JSON.stringify({ metadata: { name: 'slow' } });
    const headers = ['Host: localhost', 'Content-Type: application/json', `Content-Length: ${body.length}`];
    socket.write(`POST ${DEFAULT}/configmaps HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    for (const letter of body.slice(0, -1)) socket.write(letter);
    expect((await ask(world, '/readyz')).text).toBe('ok');
    expect((await ask(world, `${DEFAULT}/configmaps/slow`)).status).toBe(404);
    socket.write(body.slice(-1));
    expect(String((await once(socket, 'data'))[0])).toContain('HTTP/1.1 201 Created');
    socket.destroy();
  });

  test('a request that comes while the last answer is still on its way is waited for, whatever pieces it comes in', async () => {
    const socket = connectTls({ port: world.serving.port, host: '127.0.0.1', servername: 'localhost', ...world.tls });
    await once(socket, 'secureConnect');
    let text = '';
    const close = 'Connection: close\r\n';
    socket.write('GET /openapi/v2 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    for (let index = 0; index < 5; index++) {
      const body = JSON.stringify({ metadata: { name: `piece-${index}` }, data: { a: 'x'.repeat(40_000) } });
      const headers = `Host: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
      socket.write(`POST ${DEFAULT}/configmaps HTTP/1.1\r\n${headers}${index === 4 ? close : ''}\r\n`);
      for (let at = 0; at < body.length; at += 1000) socket.write(body.slice(at, at + 1000));
    }
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    await once(socket, 'close');
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', ...Array(5).fill('HTTP/1.1 201')]);
  });
});
