import { createPrivateKey, createPublicKey } from 'node:crypto';
import { admissionChain, admissionPluginNames } from '../../../src/sim/apiserver/admission/chain.js';
import { bearerAuthenticators } from '../../../src/sim/apiserver/authentication/bearer.js';
import { legacyTokenAuthenticator } from '../../../src/sim/apiserver/authentication/legacy-token.js';
import { tokenFileAuthenticator } from '../../../src/sim/apiserver/authentication/token-file.js';
import { abacAuthorizer } from '../../../src/sim/apiserver/authorization/abac.js';
import type { Authorizer } from '../../../src/sim/apiserver/authorization/authorizer.js';
import { authorizersOf } from '../../../src/sim/apiserver/authorization/modes.js';
import { type WebhookSettings, webhookAuthorizer } from '../../../src/sim/apiserver/authorization/webhook/webhook.js';
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import type { ServerParts } from '../../../src/sim/apiserver/parts.js';
import { deriveKey, privateKeyPem } from '../../../src/sim/client/pki/key.js';
import { legacyToken } from '../../../src/sim/client/pki/legacy-token.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';

/** What our server said to a request of a case; written from the sources of Kubernetes v1.36.0, not recorded. */
interface PlayedCase {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  readonly warnings: string;
  readonly audit: object;
}

const DEFAULT = '/api/v1/namespaces/default';
const CONFIG_MAPS = `${DEFAULT}/configmaps`;
const CLAIMS = `${DEFAULT}/persistentvolumeclaims`;
const POLICY_GROUP = '/apis/admissionregistration.k8s.io/v1';

type Ask = (id: string, method: string, target: string, body?: object, headers?: object) => void;

/** A server whose requests under a name become cases, `Plugin: what is asked`. */
class Table {
  readonly cases: PlayedCase[] = [];

  play(what: string, parts: Partial<ServerParts>, requests: (ask: Ask, server: TestServer) => void): void {
    let audit: Record<string, string> = {};
    const annotate = (key: string, value: string): void => {
      audit[key] ??= value;
    };
    const server = testServer({ ...parts, audit: { open: () => trailOf(annotate), refused: () => {} } });
    requests((id, method, target, body, headers = {}) => {
      audit = {};
      const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
      const answer = server.request({
        method,
        target,
        headers: { accept: 'application/json', 'content-type': type, ...headers },
        ...(body ? { body: encodeText(JSON.stringify(body)) } : {}),
      });
      const said = answer.object ?? JSON.parse(decodeText(answer.body ?? encodeText('null')));
      const warnings = answer.headers['warning'] ?? '';
      this.cases.push({ id: `${what}: ${id}`, status: answer.status, body: said, warnings, audit });
    }, server);
  }
}

/** A trail that keeps annotations alone. */
function trailOf(annotate: (key: string, value: string) => void): never {
  const nothing = (): void => {};
  const trail = { annotate, impersonated: nothing, sentObject: nothing, sent: nothing, sentPatch: nothing };
  return { ...trail, answered: nothing, panicked: nothing, complete: (response: unknown) => response } as never;
}

/** All cases that no recording shows. */
export function playCases(): readonly PlayedCase[] {
  const table = new Table();
  for (const plays of [playPlugins, playClaims, playPolicies, playWebhooks, playModes, playTokens]) plays(table);
  return table.cases;
}

/** That plug-in and no other. */
function alone(...names: string[]): Pick<ServerParts, 'admission'> {
  return {
    admission: admissionChain(
      names,
      admissionPluginNames().filter((name) => !names.includes(name)),
    ),
  };
}

function object(apiVersion: string, kind: string, name: string, rest: object = {}, metadata: object = {}): object {
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest };
}

const configMap = (name: string, metadata: object = {}): object => object('v1', 'ConfigMap', name, {}, metadata);
const namespace = (ask: Ask): void =>
  ask('the namespace', 'POST', '/api/v1/namespaces', object('v1', 'Namespace', 'default'));

function playPlugins(table: Table): void {
  table.play('AlwaysDeny', alone('AlwaysDeny'), (ask) => {
    ask('made', 'POST', CONFIG_MAPS, configMap('one'));
    ask('read', 'GET', CONFIG_MAPS);
  });
  table.play('NamespaceAutoProvision', alone('NamespaceAutoProvision'), (ask) => {
    namespace(ask);
    ask('in a namespace that is there', 'POST', CONFIG_MAPS, configMap('one'));
    ask('in another', 'POST', '/api/v1/namespaces/elsewhere/configmaps', configMap('one'));
    ask('the namespace of another', 'GET', '/api/v1/namespaces/elsewhere');
  });
  table.play('NamespaceExists', alone('NamespaceExists'), (ask) => {
    namespace(ask);
    ask('in a namespace that is there', 'POST', CONFIG_MAPS, configMap('one'));
    ask('elsewhere', 'POST', '/api/v1/namespaces/elsewhere/configmaps', configMap('one'));
  });
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'one', uid: 'u', blockOwnerDeletion: true };
  // Who may all but hold owners back.
  const authorizers: ServerParts['authorizers'] = [
    {
      mode: 'test',
      authorize: ({ info }) => ({ decision: info.subresource === 'finalizers' ? 'no-opinion' : 'allow' }),
    },
  ];
  const plugin = 'OwnerReferencesPermissionEnforcement';
  table.play(plugin, { ...alone(plugin), authorizers }, (ask) => {
    ask('owned', 'POST', CONFIG_MAPS, configMap('two', { ownerReferences: [owner] }));
  });
}

/** Claims, their classes, and how they grow. */
function playClaims(table: Table): void {
  const storageClass = (name: string, more: object = {}, annotations: object = {}): object =>
    object('storage.k8s.io/v1', 'StorageClass', name, { provisioner: 'example.com/disk', ...more }, { annotations });
  const claim = (name: string, more: object = {}): object => {
    const spec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...more };
    return object('v1', 'PersistentVolumeClaim', name, { spec });
  };
  const classes = '/apis/storage.k8s.io/v1/storageclasses';
  table.play('DefaultStorageClass', alone('DefaultStorageClass'), (ask) => {
    const isDefault = { 'storageclass.kubernetes.io/is-default-class': 'true' };
    ask('class', 'POST', classes, storageClass('usual', {}, isDefault));
    ask('none', 'POST', CLAIMS, claim('a'));
    ask('another', 'POST', CLAIMS, claim('b', { storageClassName: 'slow' }));
  });
  const plugin = 'PersistentVolumeClaimResize';
  table.play(plugin, alone(plugin), (ask) => {
    const grown = { spec: { resources: { requests: { storage: '2Gi' } } } };
    for (const [name, grows] of Object.entries({ grows: true, 'does not': false })) {
      const storageClassName = name.replace(' ', '-');
      ask(`class that ${name}`, 'POST', classes, storageClass(storageClassName, { allowVolumeExpansion: grows }));
      ask(`claim of one that ${name}`, 'POST', CLAIMS, claim(storageClassName, { storageClassName }));
      ask(`bound, ${name}`, 'PATCH', `${CLAIMS}/${storageClassName}/status`, { status: { phase: 'Bound' } });
      ask(`of a class that ${name}`, 'PATCH', `${CLAIMS}/${storageClassName}`, grown);
    }
  });
}

const RULE = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] };

/** What a policy tells the audit log. */
function playPolicies(table: Table): void {
  const policy = (kind: string, spec: object): object => object('admissionregistration.k8s.io/v1', kind, 'p', { spec });
  const what = 'ValidatingAdmissionPolicy';
  const path = `${POLICY_GROUP}/validatingadmissionpolic`;
  table.play(what, alone(what), (ask) => {
    const validations = [{ expression: '!has(object.data)', message: 'no more than none' }];
    const matchConstraints = { resourceRules: [RULE] };
    ask('the policy', 'POST', `${path}ies`, policy(what, { matchConstraints, validations }));
    const spec = { policyName: 'p', validationActions: ['Audit'] };
    ask('its binding', 'POST', `${path}ybindings`, policy(`${what}Binding`, spec));
    ask('a config map', 'POST', CONFIG_MAPS, { ...configMap('one'), data: { a: 'b' } });
  });
}

/** What webhooks tell the audit log. */
function playWebhooks(table: Table): void {
  const rules = readRules([
    { auditAnnotations: { seen: 'by the hook' } },
    { match: { path: '/change' }, set: { labels: { seen: 'yes' } } },
  ]);
  const outgoing: OutgoingAccess = {
    request: function* (call) {
      const review: unknown = JSON.parse(decodeText(call.body ?? new Uint8Array()));
      const answer = answerReview(rules, new URL(call.url).pathname, review);
      if (!answer) throw new Error('EOF');
      const headers = { 'content-type': answer.contentType };
      return { status: answer.status, headers, body: encodeText(answer.body) };
    },
  };
  for (const [kind, name] of Object.entries({ Mutating: 'change', Validating: 'judge' })) {
    const webhook = {
      name: `${name}.example.com`,
      clientConfig: { url: `https://hooks.example.com/${name}` },
      rules: [RULE],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    };
    const configuration = `${kind}WebhookConfiguration`;
    const body = object('admissionregistration.k8s.io/v1', configuration, name, { webhooks: [webhook] });
    const plugin = `${kind}AdmissionWebhook`;
    table.play(plugin, { ...alone(plugin), outgoing }, (ask) => {
      ask('its configuration', 'POST', `${POLICY_GROUP}/${configuration.toLowerCase()}s`, body);
      ask('a config map', 'POST', CONFIG_MAPS, configMap('one'));
    });
  }
}

const ABAC_POLICY = JSON.stringify({
  apiVersion: 'abac.authorization.kubernetes.io/v1beta1',
  kind: 'Policy',
  spec: { user: 'jane', namespace: 'default', resource: 'pods', readonly: true },
});
/** A judge of rights who likes jane and forbids kim. */
const JUDGE: WebhookSettings = {
  remote: { server: 'https://judge.example.com', tls: () => ({}), headers: () => ({}) },
  version: 'v1',
  authorizedTtl: 0,
  unauthorizedTtl: 0,
  timeout: 1_000_000,
  onError: 'no-opinion',
  conditions: [],
  failed: () => {},
};
const judged: OutgoingAccess = {
  request: function* (call) {
    const { spec } = JSON.parse(decodeText(call.body ?? new Uint8Array())) as { spec: { user: string } };
    const status =
      spec.user === 'jane' ? { allowed: true } : { allowed: false, denied: true, reason: `not ${spec.user}` };
    const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', status };
    return { status: 200, headers: {}, body: encodeText(JSON.stringify(review)) };
  },
};

/** Modes that the recorded servers did not have. */
function playModes(table: Table): void {
  const configured = (mode: string): Authorizer | undefined => {
    if (mode === 'ABAC') return abacAuthorizer(`${ABAC_POLICY}\n`, '/policy.jsonl');
    return mode === 'Webhook' ? webhookAuthorizer(JUDGE, 0) : undefined;
  };
  const users = { 'a master': ['jane', 'system:masters'], jane: ['jane'], kim: ['kim'] };
  for (const mode of ['ABAC', 'AlwaysAllow', 'AlwaysDeny', 'Webhook']) {
    for (const [who, [name = '', ...groups]] of Object.entries(users)) {
      const user = { name, groups: [...groups, 'system:authenticated'] };
      const authenticators: ServerParts['authenticators'] = [{ name: 'test', authenticate: () => ({ user }) }];
      const authorizers = authorizersOf([mode], configured);
      table.play(mode, { authenticators, authorizers, outgoing: judged }, (ask) => {
        ask(who, 'GET', `${DEFAULT}/pods`);
      });
    }
  }
}

/** Tokens of kinds that the recorded server had none of. */
function playTokens(table: Table): void {
  const pem = privateKeyPem(deriveKey('outcomes', 'tokens'));
  const keys = [createPublicKey(createPrivateKey(pem))];
  const authenticators = bearerAuthenticators([
    tokenFileAuthenticator('good,admin,admin,system:masters\n'),
    legacyTokenAuthenticator({ keys, audiences: [] }),
  ]);
  table.play('websocket', { authenticators, anonymousAuth: false }, (ask) => {
    for (const [what, token] of Object.entries({ 'a good token': 'good', 'a wrong token': 'bad' })) {
      const hidden = `base64url.bearer.authorization.k8s.io.${Buffer.from(token).toString('base64url')}`;
      const protocols = { 'sec-websocket-protocol': `v5.channel.k8s.io, ${hidden}` };
      ask(what, 'GET', '/version', undefined, { connection: 'Upgrade', upgrade: 'websocket', ...protocols });
    }
  });
  const token = legacyToken(pem, { namespace: 'default', secret: 'kept', account: 'robot', uid: 'u' });
  table.play('legacy-serviceaccount', { authenticators, anonymousAuth: false }, (ask, server) => {
    const put = (path: string, kind: string, name: string, rest: object, uid: string): void => {
      server.store.put(
        `/registry/${path}/default/${name}`,
        object('v1', kind, name, rest, { namespace: 'default', uid }),
      );
    };
    put('serviceaccounts', 'ServiceAccount', 'robot', {}, 'u');
    put('secrets', 'Secret', 'kept', { data: { token: Buffer.from(token).toString('base64') } }, 's');
    const headers = { authorization: `Bearer ${token}` };
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const reviews = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
    ask('its secret is there', 'POST', reviews, review, headers);
    server.store.delete('/registry/secrets/default/kept');
    server.clock += 20_000_000;
    ask('its secret has gone', 'POST', reviews, review, headers);
  });
}
