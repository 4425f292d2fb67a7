import { isNotFound, StatusError } from '../../api/status.js';
import type { Secret } from '../../api/types/config.js';
import type { ApiClient } from '../../client/client.js';
import { Authority } from '../../client/pki/authority.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** `generate-certs`: certificates by which control plane and agents know each other, into two Secrets. */
export function* generateCerts(
  sys: Sys,
  client: ApiClient,
  namespace: string,
  flag: (name: string) => string,
): Waiting<number> {
  const service = flag('service');
  const authority = new Authority(
    Buffer.from(sys.random().bytes(16)).toString('hex'),
    'ngf',
    { commonName: 'nginx-gateway' },
    sys.now(),
  );
  const host = `${service}.${namespace}.svc`;
  const server = authority.issue({
    name: 'server',
    subject: { commonName: service },
    usages: ['server'],
    dnsNames: [host],
  });
  const agent = authority.issue({
    name: 'agent',
    subject: { commonName: `*.${flag('cluster-domain')}` },
    usages: ['client'],
    dnsNames: [`*.${flag('cluster-domain')}`],
  });
  const encode = (text: string) => Buffer.from(text).toString('base64');
  for (const [name, pair] of [
    [flag('server-tls-secret'), server],
    [flag('agent-tls-secret'), agent],
  ] as const) {
    const secret: Secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'kubernetes.io/tls',
      data: {
        'ca.crt': encode(authority.self.certificate()),
        'tls.crt': encode(pair.certificate()),
        'tls.key': encode(pair.privateKey()),
      },
    };
    try {
      if (!(yield* exists(client, name, namespace))) yield* client.create(RESOURCES.secrets, secret);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      yield* sys.write(2, `Error: failed to create or update secret ${namespace}/${name}: ${error.message}\n`);
      return 1;
    }
  }
  return 0;
}

function* exists(client: ApiClient, name: string, namespace: string): Waiting<boolean> {
  try {
    yield* client.get(RESOURCES.secrets, name, namespace);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
