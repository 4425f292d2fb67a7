import type { Pod } from '../api/types/pod.js';
import { type AccountToken, requestToken } from '../client/account-token.js';
import type { ApiClient } from '../client/client.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

/** A token of a pod's service account, bound to the pod. */
export function podToken(
  sys: Pick<Sys, 'now'>,
  client: ApiClient,
  pod: Pod,
  audience: string | undefined,
  expirationSeconds: number,
): Waiting<AccountToken> {
  const { name = '', namespace, uid = '' } = pod.metadata;
  return requestToken(
    sys,
    client,
    { namespace, name: pod.spec.serviceAccountName || 'default' },
    {
      audiences: audience === undefined ? [] : [audience],
      expirationSeconds,
      boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name, uid },
    },
  );
}
