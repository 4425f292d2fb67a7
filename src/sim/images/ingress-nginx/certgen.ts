import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Secret } from '../../api/types/config.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { createClient } from '../../client/create-client.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import { Authority } from '../../client/pki/authority.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport } from '../../client/transport.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

const WEBHOOKS: ResourceType = {
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  resource: 'validatingwebhookconfigurations',
  kind: 'ValidatingWebhookConfiguration',
  namespaced: false,
};

interface Webhooks extends KubeObject {
  webhooks?: { clientConfig: Record<string, unknown>; failurePolicy?: string }[];
}

/**
 * kube-webhook-certgen: `create` makes a certificate for the webhook's service into a Secret that is not there yet,
 * `patch` writes its authority into the webhook configuration.
 */
export const webhookCertgen: Program = function* webhookCertgen(sys) {
  const [command = '', ...words] = sys.args.slice(1);
  const flags = new Map(
    words.map((word) => [word.replace(/^--/, '').split('=')[0] ?? '', word.split('=').slice(1).join('=')]),
  );
  const flag = (name: string) => flags.get(name) ?? '';
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), {
    userAgent: 'kube-webhook-certgen/v0.0.0 (linux/amd64)',
  });
  try {
    const secret = yield* found(() => client.get<Secret>(RESOURCES.secrets, flag('secret-name'), flag('namespace')));
    return yield* command === 'create' ? create(sys, client, flag, secret) : patch(sys, client, flag, secret);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    yield* say(sys, error.message, 'fatal');
    return 1;
  }
};

type Flag = (name: string) => string;

/** Nothing is made anew where there is a Secret: the webhook may trust what is in it already. */
function* create(sys: Sys, client: ApiClient, flag: Flag, secret: Secret | undefined): Waiting<number> {
  const [name, namespace] = [flag('secret-name'), flag('namespace')];
  if (secret) {
    yield* say(sys, 'secret already exists');
    return 0;
  }
  const authority = new Authority(
    Buffer.from(sys.random().bytes(16)).toString('hex'),
    'webhook',
    { commonName: 'nil1' },
    sys.now(),
  );
  const leaf = authority.issue({
    name: 'webhook',
    subject: { commonName: 'nil2' },
    usages: ['server'],
    dnsNames: flag('host').split(','),
  });
  const encode = (text: string) => Buffer.from(text).toString('base64');
  const data = {
    ca: encode(authority.self.certificate()),
    cert: encode(leaf.certificate()),
    key: encode(leaf.privateKey()),
  };
  const made: Secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, data };
  yield* say(sys, `saving to secret '${name}' in namespace '${namespace}'`);
  yield* client.create(RESOURCES.secrets, made);
  return 0;
}

function* patch(sys: Sys, client: ApiClient, flag: Flag, secret: Secret | undefined): Waiting<number> {
  if (!secret) {
    yield* say(sys, `no secret with '${flag('secret-name')}' in '${flag('namespace')}'`, 'fatal');
    return 1;
  }
  const webhook = flag('webhook-name');
  const failurePolicy = flag('patch-failure-policy');
  yield* say(
    sys,
    `patching webhook configurations '${webhook}' mutating=${flag('patch-mutating') !== 'false'}, validating=true, failurePolicy=${failurePolicy}`,
  );
  const current = yield* client.get<Webhooks>(WEBHOOKS, webhook);
  const webhooks = (current.webhooks ?? []).map((one) => ({
    ...one,
    clientConfig: { ...one.clientConfig, caBundle: secret.data?.['ca'] ?? '' },
    ...(failurePolicy === '' ? {} : { failurePolicy }),
  }));
  yield* client.update(WEBHOOKS, { ...current, webhooks });
  yield* say(sys, 'Patched hook(s)');
  return 0;
}

function* found<T>(ask: () => Waiting<T>): Waiting<T | undefined> {
  try {
    return yield* ask();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function* say(sys: Sys, message: string, level = 'info'): Waiting<void> {
  const line = { level, msg: message, source: 'k8s/k8s.go:232', time: formatTime(sys.now()) };
  yield* sys.write(2, `${JSON.stringify(line)}\n`);
}
