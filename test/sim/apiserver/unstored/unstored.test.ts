import { describe, expect, it } from 'vitest';
import { encodeText } from '../../../../src/sim/kernel/bytes.js';
import type { HttpResponse } from '../../../../src/sim/kernel/network.js';
import { testServer } from '../harness.js';

const PATH = '/api/v1/componentstatuses';
const REFUSED = (port: number) =>
  `Get "https://127.0.0.1:${port}/healthz": dial tcp 127.0.0.1:${port}: connect: connection refused`;

function read({ status, body, headers }: HttpResponse) {
  const text = new TextDecoder().decode(body);
  return { status, warning: headers['warning'], text, value: JSON.parse(text) };
}

// Recorded from kube-apiserver v1.36.0 without scheduler and controller manager; there the order differs from time to time.
describe('the state of components', () => {
  const server = testServer();
  const get = (target: string, method = 'GET') => read(server.request({ method, target }));

  it('is asked for anew, with a warning', () => {
    const { status, warning, value } = get(PATH);
    expect([status, warning]).toEqual([200, '299 - "v1 ComponentStatus is deprecated in v1.19+"']);
    expect(value).toEqual({
      kind: 'ComponentStatusList',
      apiVersion: 'v1',
      metadata: {},
      items: [
        {
          metadata: { name: 'scheduler' },
          conditions: [{ type: 'Healthy', status: 'False', message: REFUSED(10259) }],
        },
        {
          metadata: { name: 'controller-manager' },
          conditions: [{ type: 'Healthy', status: 'False', message: REFUSED(10257) }],
        },
        { metadata: { name: 'etcd-0' }, conditions: [{ type: 'Healthy', status: 'True', message: 'ok' }] },
      ],
    });
  });

  it('is the answer of the port, where somebody answers', () => {
    const body = encodeText('ok');
    const healthy = testServer({
      proxy: {
        *request({ port }) {
          return port === 10_257 ? { status: 200, headers: {}, body } : { status: 500, headers: {}, body };
        },
      },
    });
    const { items } = read(healthy.request({ target: PATH })).value;
    expect(items.slice(0, 2).map(({ conditions }: { conditions: unknown[] }) => conditions[0])).toEqual([
      { type: 'Healthy', status: 'False', message: 'HTTP probe failed with statuscode: 500' },
      { type: 'Healthy', status: 'True', message: 'ok' },
    ]);
  });

  it.each([
    [
      'GET',
      '/etcd-0',
      200,
      '{"kind":"ComponentStatus","apiVersion":"v1","metadata":{"name":"etcd-0"},"conditions":[{"type":"Healthy","status":"True","message":"ok"}]}\n',
    ],
    [
      'GET',
      '/nope',
      404,
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"componentstatus \\"nope\\" not found","reason":"NotFound","details":{"name":"nope","kind":"componentstatus"},"code":404}\n',
    ],
    ['GET', '?labelSelector=a%3Db', 200, '{"kind":"ComponentStatusList","apiVersion":"v1","metadata":{},"items":[]}\n'],
    [
      'GET',
      '?watch=true',
      405,
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"watch is not supported on resources of kind \\"componentstatuses\\"","reason":"MethodNotAllowed","details":{"kind":"componentstatuses"},"code":405}\n',
    ],
    [
      'DELETE',
      '/etcd-0',
      405,
      '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server does not allow this method on the requested resource","reason":"MethodNotAllowed","details":{},"code":405}\n',
    ],
  ])('answers %s %s', (method, more, status, text) => {
    const answer = get(`${PATH}${more}`, method);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });
});

describe('a binding', () => {
  it('gives the pod it names to a node', () => {
    const server = testServer();
    const send = (target: string, value: object) => {
      const headers = { 'content-type': 'application/json' };
      return server.request({ method: 'POST', target, headers, body: encodeText(JSON.stringify(value)) });
    };
    send('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const spec = { containers: [{ name: 'web', image: 'nginx' }] };
    send('/api/v1/namespaces/shop/pods', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });
    const binding = { apiVersion: 'v1', kind: 'Binding', metadata: { name: 'web' }, target: { name: 'node01' } };
    expect(send('/api/v1/namespaces/shop/bindings', binding).status).toBe(201);
    const pod = read(server.request({ target: '/api/v1/namespaces/shop/pods/web' })).value;
    expect(pod.spec.nodeName).toBe('node01');
  });
});
