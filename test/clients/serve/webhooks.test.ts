import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { realClients } from '../real-kubectl.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const clients = realClients();
const RULES = readRules([
  { match: { labels: { secret: '*' } }, deny: { message: 'keep it in a Secret', code: 403, reason: 'Forbidden' } },
  { warnings: ['seen by the hook'], set: { labels: { team: 'blue' } } },
]);

let world: ServedWorld;
let hook: Server;
let bundle: string;

beforeAll(async () => {
  if (!clients.kubectl) return;
  world = await serveWorld('single-node');
  const authority = new Authority('hooks', 'ca', { commonName: 'ca' }, Date.now() * 1000);
  const subject = { commonName: 'hook' };
  const leaf = authority.issue({ name: 'hook', subject, usages: ['server'], addresses: ['127.0.0.1'] });
  bundle = Buffer.from(authority.self.certificate()).toString('base64');
  hook = createServer({ cert: leaf.certificate(), key: leaf.privateKey() }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answerReview(RULES, request.url ?? '/', JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer?.body);
    });
  });
  await once(hook.listen(0, '127.0.0.1'), 'listening');
});

afterAll(async () => {
  hook?.close();
  await world?.stop();
});

/** Runs the real kubectl; both streams together. */
async function kubectl(args: readonly string[], input = ''): Promise<string> {
  const env = { ...process.env, KUBECONFIG: world.kubeconfig, HOME: world.folder };
  const child = spawn(clients.kubectl as string, [...args], { env });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stdin.end(input);
  await once(child, 'close');
  return out;
}

function configuration(name: string, port: number): string {
  return JSON.stringify({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: `${name}.example.com`,
        clientConfig: { url: `https://127.0.0.1:${port}/mutate`, caBundle: bundle },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } },
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  });
}

describe.skipIf(!clients.kubectl)('a webhook on this computer is asked by a served cluster', () => {
  test('and changes, warns and refuses', async () => {
    await kubectl(['apply', '-f', '-'], configuration('local', (hook.address() as AddressInfo).port));
    expect(await kubectl(['create', 'configmap', 'one'])).toBe('Warning: seen by the hook\nconfigmap/one created\n');
    expect(await kubectl(['get', 'configmap', 'one', '-o', 'jsonpath={.metadata.labels}'])).toBe('{"team":"blue"}');
    const secret = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two', labels: { secret: 'x' } } };
    expect(await kubectl(['create', '-f', '-'], JSON.stringify(secret))).toBe(
      'Error from server (Forbidden): error when creating "STDIN": admission webhook "local.example.com" denied the request: keep it in a Secret\n',
    );
    const called = world.inputs.filter(({ input }) => input.kind === 'called');
    expect(called).toHaveLength(2);
  });

  test('and when it is gone, that is said', async () => {
    const { port } = hook.address() as AddressInfo;
    hook.closeAllConnections();
    await new Promise((done) => hook.close(done));
    expect(await kubectl(['create', 'configmap', 'three'])).toBe(
      `error: failed to create configmap: Internal error occurred: failed calling webhook "local.example.com": failed to call webhook: Post "https://127.0.0.1:${port}/mutate?timeout=10s": dial tcp 127.0.0.1:${port}: connect: connection refused\n`,
    );
  });
});
