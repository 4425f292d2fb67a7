import { isJsonObject } from '../api/object.js';
import { parseTime } from '../api/time.js';
import type { Pod } from '../api/types/pod.js';
import type { ApiClient, ResourceType } from '../client/client.js';
import type { Sys } from '../kernel/sys.js';
import { type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';

const ACCOUNTS: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'serviceaccounts',
  kind: 'ServiceAccount',
  namespaced: true,
};

/** A token of a pod's service account, bound to the pod (TokenRequest). It is to be replaced after four fifths of its life. */
export function* podToken(
  sys: Pick<Sys, 'now'>,
  client: ApiClient,
  pod: Pod,
  audience: string | undefined,
  expirationSeconds: number,
): Waiting<{ token: string; refreshAt: Micros }> {
  const { name = '', namespace, uid = '' } = pod.metadata;
  const account = pod.spec.serviceAccountName || 'default';
  const answer = yield* client.createSubresource(ACCOUNTS, account, namespace, 'token', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: {},
    spec: {
      audiences: audience === undefined ? [] : [audience],
      expirationSeconds,
      boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name, uid },
    },
  });
  const status = isJsonObject(answer['status']) ? answer['status'] : {};
  const expires = parseTime(String(status['expirationTimestamp'] ?? '')) ?? sys.now() + expirationSeconds * SECOND;
  const now = sys.now();
  return { token: String(status['token'] ?? ''), refreshAt: now + Math.floor((expires - now) * 0.8) };
}
