import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FarRequest, FarServer } from '../../../src/clusters/workstation/far-server.js';
import { openWorkstation } from '../../../src/clusters/workstation/open-workstation.js';
import type { Workstation } from '../../../src/clusters/workstation/workstation.js';

/** So that a program that waits for nobody is given up soon. */
const SPEED = 60;
const CREDENTIALS = '--cert /tmp/cert --key /tmp/key';
const TAKE_OUT = ['cert', 'key']
  .map(
    (it) =>
      `grep client-${it === 'cert' ? 'certificate' : 'key'}-data ~/.kube/config | sed 's/.*: //' | base64 -d > /tmp/${it}`,
  )
  .join('; ');

const asked: FarRequest[] = [];
/** Answers everything alike. */
const far: FarServer = {
  exchange: (request, hears) => {
    asked.push(request);
    if (request.path === '/breaks') throw new Error('nobody can ask that');
    hears.response({ status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('far') }, false);
    return { frame: () => {}, disconnect: () => {} };
  },
};
let outside: Server;
let port: number;
let heard = 0;
let workstation: Workstation;

beforeAll(async () => {
  outside = createServer((_, answer) => {
    heard += 1;
    answer.end('outside');
  });
  outside.on('connection', () => {
    heard += 1;
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  port = (outside.address() as AddressInfo).port;
  const began = performance.now();
  const start = Date.now() * 1000;
  const wall = () => start + (performance.now() - began) * 1000 * SPEED;
  workstation = await openWorkstation({ name: 'cka4711', far, wall, thread: 'same' });
  await bash(TAKE_OUT);
});

afterAll(async () => {
  await workstation?.close();
  outside?.close();
});

beforeEach(() => {
  asked.length = 0;
  heard = 0;
});

const bash = (script: string) => workstation.run('root', ['bash', '-c', script]);

test.each([
  [
    "the person's loopback",
    'curl -s -m 5 http://127.0.0.1:PORT/; curl -s -m 5 http://localhost:PORT/; nc -w 2 127.0.0.1 PORT < /dev/null; wget -q -T 2 -t 1 -O- http://127.0.0.1:PORT/',
  ],
  ['by a kubeconfig', 'kubectl --kubeconfig /dev/null --server http://127.0.0.1:PORT --request-timeout 2s get pods'],
  ["by a chart's repository", 'helm repo add x http://127.0.0.1:PORT/'],
  ["by the bash's own sockets", 'exec 3<>/dev/tcp/127.0.0.1/PORT; echo hello >&3'],
  ['other addresses', 'curl -s -m 2 http://169.254.169.254/; curl -s -m 2 http://10.0.0.1/; ping -c 1 -W 1 8.8.8.8'],
])('%s cannot be reached', async (_what, script) => {
  const { stdout } = await bash(script.replaceAll('PORT', String(port)));
  expect(stdout).not.toMatch(/outside|far/);
  expect([heard, asked.length]).toEqual([0, 0]);
});

test("the computer's files are not there", async () => {
  const { stdout } = await bash(`cat ${process.cwd()}/package.json /proc/self/environ; ls ${process.cwd()}; env`);
  expect(stdout).not.toContain('kubedrill');
});

test.each([
  ['/api/v1/pods?watch=true', 'far'],
  ['/apis/apps/v1', 'far'],
  ['//example.org/api', ''],
  ['/\\example.org/api', ''],
  ['/api/../../secret', ''],
  ['/api/v1/./pods', ''],
])('the path %s is asked of the far server, or refused', async (path, said) => {
  const { stdout } = await bash(`kubectl get --raw '${path}'`);
  expect(stdout).toBe(said);
  expect(asked.map((one) => one.path)).toEqual(said === '' ? [] : [path]);
});

test('no header says who asks, or ends another one', async () => {
  await bash(
    `curl -sk ${CREDENTIALS} -H 'Authorization: Bearer stolen' -H 'X-Remote-User: system:admin' -H 'X-Forwarded-For: 1.2.3.4' -H 'Cookie: a=b' -H $'X-Own: a\\r\\nEvil: b' -H 'Impersonate-User: jane' https://localhost:6443/api`,
  );
  const [{ headers } = { headers: {} }] = asked;
  expect(headers).toMatchObject({ 'impersonate-user': 'jane' });
  for (const name of ['authorization', 'x-remote-user', 'x-forwarded-for', 'cookie', 'evil', 'host'])
    expect(Object.keys(headers)).not.toContain(name);
  expect(Object.values(headers).join('')).not.toMatch(/[\r\n]/);
});

test('what cannot be asked is answered all the same', async () => {
  const { stdout } = await bash(
    `curl -sk ${CREDENTIALS} https://localhost:6443/breaks; curl -sk -H 'Authorization: Bearer x' -H 'Impersonate-User: a' -H 'Impersonate-Extra-%zz: b' https://localhost:6443/api`,
  );
  expect(stdout).toContain('Bad Request');
});

test('a request is no larger than an API server takes', async () => {
  const { stdout } = await bash(
    `head -c 4000000 /dev/zero > /tmp/big; curl -sk -o /dev/null -w '%{http_code}' ${CREDENTIALS} --data-binary @/tmp/big https://localhost:6443/api/v1/namespaces`,
  );
  expect(stdout).toBe('413');
  expect(asked).toEqual([]);
});
