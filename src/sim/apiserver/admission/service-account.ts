import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { forbiddenRequest, StatusError } from '../../api/status.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { groupResource } from '../served-kind.js';
import { randomSuffix } from '../storage/names.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission, AdmissionRequest } from './admission.js';

const DEFAULT_NAME = 'default';
const MOUNT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const MIRROR_ANNOTATION = 'kubernetes.io/config.mirror';
/** Seconds a projected token lives; odd on purpose, so that the server can tell these tokens. */
const TOKEN_SECONDS = 3607;
/** The default account of a new namespace is waited for: ten looks. */
const DEFAULT_TRIES_MAX = 10;

interface Container {
  volumeMounts?: { name: string; readOnly?: boolean; mountPath: string }[];
}

interface PodSpec {
  serviceAccountName?: string;
  serviceAccount?: string;
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: unknown[];
  volumes?: { name: string; secret?: unknown; projected?: { sources?: { serviceAccountToken?: unknown }[] } }[];
  containers?: Container[];
  initContainers?: Container[];
}

interface Account extends KubeObject {
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: unknown[];
}

/** Gives pods the default service account, their account's pull secrets, and a mount with a token for the API. */
export const SERVICE_ACCOUNT: Admission = {
  name: 'ServiceAccount',
  *mutate(request) {
    if (!concerns(request)) return;
    const pod = request.object as KubeObject;
    const spec = pod['spec'] as PodSpec | undefined;
    if (!spec) return;
    if (pod.metadata.annotations?.[MIRROR_ANNOTATION] !== undefined) {
      checkMirror(request, spec);
      return;
    }
    spec.serviceAccountName ||= DEFAULT_NAME;
    spec.serviceAccount = spec.serviceAccountName;
    const account = yield* findAccount(request, spec.serviceAccountName);
    const mount = spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
    if (mount) mountToken(request, spec);
    if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
      spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ ...(secret as object) }));
    }
  },
};

function concerns({ kind, subresource, operation, object }: AdmissionRequest): boolean {
  return (
    kind.kind === 'Pod' && kind.group === '' && subresource === '' && operation === 'CREATE' && object !== undefined
  );
}

function refuse(request: AdmissionRequest, why: string): StatusError {
  return new StatusError(forbiddenRequest(groupResource(request.kind), request.object?.metadata.name ?? '', why));
}

function checkMirror(request: AdmissionRequest, spec: PodSpec): void {
  if (spec.serviceAccountName) throw refuse(request, 'a mirror pod may not reference service accounts');
  if (spec.volumes?.some((volume) => volume.secret)) throw refuse(request, 'a mirror pod may not reference secrets');
  if (spec.volumes?.some((volume) => volume.projected?.sources?.some((source) => source.serviceAccountToken))) {
    throw refuse(request, 'a mirror pod may not use ServiceAccountToken volume projections');
  }
}

function* findAccount(request: AdmissionRequest, name: string): Waiting<Account> {
  const { namespace, parts, store } = request;
  const tries = name === DEFAULT_NAME ? DEFAULT_TRIES_MAX : 1;
  const interval = (100 + parts.random.below(100)) * MILLISECOND;
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    if (attempt > 1) yield { until: parts.now() + interval };
    const entry = store.get(`/registry/serviceaccounts/${namespace}/${name}`);
    if (entry) return objectOf(entry) as Account;
  }
  throw refuse(
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
