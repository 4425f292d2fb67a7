import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { privateKeyPem } from '../../../src/sim/client/pki/key.js';
import { makeRequest, requestKey } from '../../sim/client/pki/make-request.js';
import { realClients } from '../real-kubectl.js';
import { type ServedWorld, serveWorld } from './served-world.js';

const clients = realClients();

let world: ServedWorld;

/** Runs the real kubectl, with the administrator's kubeconfig unless another is named. */
function kubectl(args: readonly string[], input = '', kubeconfig = world.kubeconfig): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, KUBECONFIG: kubeconfig, HOME: world.folder };
    const child = spawn(clients.kubectl as string, args, { cwd: world.folder, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve([code ?? -1, said]));
    child.stdin.end(input);
  });
}

const REQUEST = {
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name: 'jane' },
  spec: {
    request: Buffer.from(makeRequest('jane', { commonName: 'jane', organizations: ['dev'] })).toString('base64'),
    signerName: 'kubernetes.io/kube-apiserver-client',
    expirationSeconds: 86_400,
    usages: ['client auth'],
  },
};

describe.skipIf(clients.kubectl === undefined)('from a request for a certificate to a kubeconfig', () => {
  beforeAll(async () => {
    world = await serveWorld('three-node');
  }, 120_000);
  afterAll(async () => {
    await world?.stop();
  });

  test('that works, and may do what its user may', async () => {
    const created = 'certificatesigningrequest.certificates.k8s.io/jane';
    expect(await kubectl(['apply', '-f', '-'], JSON.stringify(REQUEST))).toEqual([0, `${created} created\n`]);
    expect(await kubectl(['certificate', 'approve', 'jane'])).toEqual([0, `${created} approved\n`]);
    const issued = ['wait', '--for=jsonpath={.status.certificate}', 'csr/jane', '--timeout=60s'];
    expect(await kubectl(issued)).toEqual([0, `${created} condition met\n`]);
    const [, certificate] = await kubectl(['get', 'csr', 'jane', '-o', 'jsonpath={.status.certificate}']);
    const config = join(world.folder, 'jane.kubeconfig');
    const cluster = {
      server: world.server,
      'certificate-authority-data': Buffer.from(world.tls.ca).toString('base64'),
    };
    const key = Buffer.from(privateKeyPem(requestKey('jane'))).toString('base64');
    const user = { 'client-certificate-data': certificate, 'client-key-data': key };
    const file = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'jane', user }],
      contexts: [{ name: 'jane', context: { cluster: 'c', user: 'jane' } }],
      'current-context': 'jane',
    };
    writeFileSync(config, JSON.stringify(file), { mode: 0o600 });
    const who = await kubectl(
      ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username} {.status.userInfo.groups}'],
      '',
      config,
    );
    expect(who).toEqual([0, 'jane ["dev","system:authenticated"]']);
    expect(await kubectl(['get', 'pods'], '', config)).toEqual([
      1,
      'Error from server (Forbidden): pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "default"\n',
    ]);
  }, 120_000);
});
