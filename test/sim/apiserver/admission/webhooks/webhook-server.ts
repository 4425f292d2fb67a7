import { admissionChain } from '../../../../../src/sim/apiserver/admission/chain.js';
import { withDeadline } from '../../../../../src/sim/apiserver/outgoing/deadline.js';
import type { OutgoingAccess, OutgoingCall } from '../../../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { answerReview } from '../../../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../../../src/sim/images/admission-webhook/rules.js';
import { decodeText, encodeText } from '../../../../../src/sim/kernel/bytes.js';
import { MILLISECOND } from '../../../../../src/sim/kernel/time.js';
import { type TestServer, testServer } from '../../harness.js';

/** A server whose webhooks are answered by rules, without a network. */
export interface HookedServer extends TestServer {
  /** Reviews that were asked, in order. */
  readonly asked: { readonly call: OutgoingCall; readonly review: Review }[];
  rules: unknown;
  send(method: string, target: string, object?: object, type?: string): Answer;
}

/** What tests look at of a review. */
interface Review {
  readonly request: Record<string, unknown> & { readonly uid: string; readonly object: { metadata: { name: string } } };
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { message?: string; metadata: Record<string, unknown> };
  readonly warning: string | undefined;
}

export function hookedServer(): HookedServer {
  const outgoing: OutgoingAccess = {
    request: (call) =>
      withDeadline(
        (function* () {
          const review = JSON.parse(decodeText(call.body ?? new Uint8Array())) as Review;
          server.asked.push({ call, review });
          const answer = answerReview(readRules(server.rules), new URL(call.url).pathname, review);
          if (!answer) throw new Error('EOF');
          const until = server.clock + answer.delayMillis * MILLISECOND;
          while (server.clock < until) yield { until };
          const headers = { 'content-type': answer.contentType };
          return { status: answer.status, headers, body: encodeText(answer.body) };
        })(),
        () => server.clock,
        call.deadline,
      ),
  };
  const server: HookedServer = Object.assign(testServer({ admission: admissionChain(), outgoing }), {
    asked: [],
    rules: [],
    send(method: string, target: string, object?: object, type = 'application/json'): Answer {
      const body = object && encodeText(JSON.stringify(object));
      const headers = { accept: 'application/json', 'content-type': type };
      const answer = server.request({ method, target, headers, ...(body ? { body } : {}) });
      const text = answer.object ?? JSON.parse(decodeText(answer.body ?? new Uint8Array()));
      return { status: answer.status, body: text as Answer['body'], warning: answer.headers['warning'] };
    },
  });
  server.send('POST', '/api/v1/namespaces', namespace('default'));
  return server;
}

function namespace(name: string, labels: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export function configMap(name: string, more: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...more }, data: { a: '1' } };
}

/** A configuration of one webhook for config maps. */
export function configuration(kind: 'Mutating' | 'Validating', name: string, webhook: object = {}): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: `${kind}WebhookConfiguration`,
    metadata: { name },
    webhooks: [
      {
        name: `${name}.example.com`,
        clientConfig: { url: `https://hooks.example.com/${name}` },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['*'], resources: ['configmaps'] }],
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        ...webhook,
      },
    ],
  };
}

const GROUP = '/apis/admissionregistration.k8s.io/v1';
export const MUTATING = `${GROUP}/mutatingwebhookconfigurations`;
export const VALIDATING = `${GROUP}/validatingwebhookconfigurations`;
export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
