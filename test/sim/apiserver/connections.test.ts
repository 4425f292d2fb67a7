import { expect, test } from 'vitest';
import { decodeText } from '../../../src/sim/kernel/bytes.js';
import type { HttpResponse } from '../../../src/sim/kernel/network.js';
import { testServer } from './harness.js';
import { PODS, pod } from './objects.js';

/** A server with a pod of which somebody may do everything behind it but what one verb says. */
function serverWithout(verb: string) {
  const server = testServer({
    authorizers: [
      {
        mode: 'RBAC',
        authorize: ({ info }) =>
          info.subresource !== '' && info.verb === verb
            ? { decision: 'no-opinion', reason: 'nobody said so' }
            : { decision: 'allow' },
      },
    ],
  });
  server.run(server.client.create(PODS, pod('web')));
  return server;
}

function messageOf({ object, body }: HttpResponse): string {
  const status = (object ?? JSON.parse(decodeText(body ?? new Uint8Array()))) as { message: string };
  return status.message;
}

/** kube-apiserver v1.36 (AuthorizePodWebsocketUpgradeCreatePermission): a WebSocket is a GET, and opens what a POST would. */
test.each(['exec?command=ls', 'attach', 'portforward?ports=80'])(
  'a GET of %s wants the right to create, too',
  (what) => {
    const target = `/api/v1/namespaces/default/pods/web/${what}`;
    const [subresource] = what.split('?');
    const noHost = 'pod web does not have a host assigned';
    expect(messageOf(serverWithout('none').request({ method: 'GET', target }))).toBe(noHost);
    expect(messageOf(serverWithout('get').request({ method: 'POST', target }))).toBe(noHost);
    // Whatever kind of answer is wished for: it is another's.
    const headers = { accept: 'text/html' };
    expect(messageOf(serverWithout('none').request({ method: 'GET', target, headers }))).toBe(noHost);
    const without = serverWithout('create');
    expect(messageOf(without.request({ method: 'GET', target }))).toBe('pods "web" is forbidden: nobody said so');
    expect(messageOf(without.request({ method: 'POST', target }))).toBe(
      `pods "web" is forbidden: User "admin" cannot create resource "pods/${subresource}" in API group "" in the namespace "default": nobody said so`,
    );
  },
);
