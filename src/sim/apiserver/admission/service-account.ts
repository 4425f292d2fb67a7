import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { secretNames } from '../../api/pod-references.js';
import { StatusError, unnamedError } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { randomSuffix } from '../storage/names.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { refusal } from './refusal.js';
import { containersError, enforcesSecrets, secretsError } from './service-account-secrets.js';

const DEFAULT_NAME = 'default';
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
/** Seconds a projected token lives; odd on purpose, so that the server can tell these tokens. */
const TOKEN_SECONDS = 3607;
/** The default account of a new namespace is waited for: ten looks. */
const DEFAULT_TRIES_MAX = 10;

type PodSpec = Pod['spec'];

interface Account extends KubeObject {
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: { name?: string }[];
}

/**
 * Gives pods the default service account, their account's pull secrets, and a mount with a token for the API; holds
 * them to their account's secrets where that says so.
 */
export const SERVICE_ACCOUNT: Admission = {
  name: 'ServiceAccount',
  *mutate(request) {
    if (!concerns(request) || request.operation !== 'CREATE') return;
    const { spec } = request.object as Pod;
    if (!spec) return;
    if (isMirror(request)) return checkMirror(request);
    spec.serviceAccountName ||= DEFAULT_NAME;
    spec.serviceAccount = spec.serviceAccountName;
    const account = yield* findAccount(request, spec.serviceAccountName);
    const mount = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (mount) mountToken(request, spec);
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...(secret as { name: string }) }));
    }
    checkSecrets(request, account);
  },
  *validate(request) {
    if (!concerns(request)) return;
    const { metadata, spec } = request.object as Pod;
    if (!spec || (request.operation !== 'CREATE' && request.subresource === '')) return;
    if (request.operation === 'CREATE' && isMirror(request)) return checkMirror(request);
    const name = spec.serviceAccountName;
    if (!name)
      throw refusal(request, `no service account specified for pod ${request.namespace}/${metadata.name ?? ''}`);
    const account = yield* findAccount(request, name);
    if (request.operation === 'CREATE') return checkSecrets(request, account);
    if (!enforcesSecrets(account)) return;
    const wrong = containersError(account, spec.ephemeralContainers, 'ephemeral container');
    if (wrong !== undefined) throw new StatusError(unnamedError(wrong));
  },
};

function concerns({ kind, subresource, operation, object }: AdmissionRequest): boolean {
  if (kind.kind !== 'Pod' || kind.group !== '' || object === undefined) return false;
  return operation === 'CREATE' ? subresource === '' : operation === 'UPDATE' && subresource === 'ephemeralcontainers';
}

function isMirror({ object }: AdmissionRequest): boolean {
  return object?.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined;
}

function checkMirror(request: AdmissionRequest): void {
  const pod = request.object as Pod;
  if (pod.spec.serviceAccountName) throw refusal(request, 'a mirror pod may not reference service accounts');
  if (secretNames(pod).length > 0) throw refusal(request, 'a mirror pod may not reference secrets');
  const volumes = (pod.spec.volumes ?? []) as { projected?: { sources?: { serviceAccountToken?: unknown }[] } }[];
  if (volumes.some(({ projected }) => projected?.sources?.some((source) => source.serviceAccountToken))) {
    throw refusal(request, 'a mirror pod may not use ServiceAccountToken volume projections');
  }
}

function checkSecrets(request: AdmissionRequest, account: Account): void {
  const wrong = enforcesSecrets(account) ? secretsError(account, request.object as Pod) : undefined;
  if (wrong !== undefined) throw refusal(request, wrong);
}

function* findAccount(request: AdmissionRequest, name: string): Waiting<Account> {
  const { namespace, parts, store } = request;
  const look = () => store.get(`/registry/serviceaccounts/${namespace}/${name}`);
  const found = look();
  if (found) return objectOf(found) as Account;
  const tries = name === DEFAULT_NAME ? DEFAULT_TRIES_MAX : 1;
  const interval = (100 + parts.random.below(100)) * MILLISECOND;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (attempt > 1) yield { until: parts.now() + interval };
    const entry = look();
    if (entry) return objectOf(entry) as Account;
  }
  throw refusal(
    request,
    `error looking up service account ${namespace}/${name}: serviceaccount ${goQuote(name)} not found`,
  );
}

/** Mounts a volume with token, authority and namespace where no container has something mounted there already. */
function mountToken(request: AdmissionRequest, spec: PodSpec): void {
  const existing = spec.volumes?.find((volume) => volume.name.startsWith('kube-api-access-'));
  const name = existing?.name ?? `kube-api-access-${randomSuffix(request.parts.random, 5)}`;
  let needed = false;
  for (const container of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    const mounts = container.volumeMounts ?? [];
    if (mounts.some((mount) => mount.mountPath === MOUNT_PATH)) continue;
    container.volumeMounts = [...mounts, { name, readOnly: true, mountPath: MOUNT_PATH }];
    needed = true;
  }
  if (!needed || existing) return;
  spec.volumes = [...(spec.volumes ?? []), { name, ...accessVolume() }];
}

function accessVolume(): object {
  return {
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }],
          },
        },
      ],
      defaultMode: 420,
    },
  };
}
