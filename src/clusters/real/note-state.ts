import type { PutBack } from '../port.js';
import { removeObjects } from './remove-objects.js';
import { type Ask, listPath, mustList, type ServedResource } from './resources.js';
import { restoreScope } from './restore.js';
import { type SnapshotScope, takeSnapshot } from './snapshot.js';

interface ListedPod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly controller?: boolean }[];
  };
  readonly status?: { readonly containerStatuses?: readonly { readonly restartCount?: number }[] };
}

/** Every cluster serves them so. */
const PODS: ServedResource = {
  group: '',
  version: 'v1',
  name: 'pods',
  kind: 'Pod',
  namespaced: true,
  verbs: new Set(),
};
const SYSTEM = 'kube-system';
/** They make pods again, as they were when they were new. */
const MAKERS = new Set(['DaemonSet', 'ReplicaSet', 'ReplicationController', 'StatefulSet']);
const NOBODY = { onStep: () => {} };

/**
 * Notes objects, of all or of a scope, and how often containers were restarted; gives what puts it back. A pod that was
 * restarted since is another one than it was, so whoever makes it makes it again. Throws `ClusterError` when the API server
 * does not tell what there is.
 */
export async function noteState(api: { request: Ask }, scope?: SnapshotScope): Promise<PutBack> {
  const [snapshot, restarts] = await Promise.all([takeSnapshot(api, scope), restartsOf(api, scope)]);
  return async ({ inside }) => {
    const { changed, left } = await restoreScope(api, snapshot, { ...NOBODY, scope });
    const now = await restartsOf(api, scope);
    const used = [...now].filter(([uid, { times }]) => inside || times > (restarts.get(uid)?.times ?? 0));
    if (used.length === 0) return { changed, left };
    const targets = used.map(([, { pod }]) => ({ resource: PODS, ...pod }));
    return { changed: true, left: [...left, ...(await removeObjects(api.request.bind(api), targets))] };
  };
}

/** Of each pod that somebody makes again, by its uid: how often its containers were restarted. */
async function restartsOf(
  api: { request: Ask },
  scope: SnapshotScope | undefined,
): Promise<Map<string, { times: number; pod: { name: string; namespace: string } }>> {
  const paths = scope ? scope.namespaces.map((namespace) => listPath(PODS, namespace)) : [listPath(PODS)];
  const found = (await Promise.all(paths.map((path) => mustList<ListedPod>(api.request.bind(api), path)))).flat();
  return new Map(
    found
      .filter(({ metadata: { namespace, ownerReferences = [] } }) =>
        namespace === SYSTEM ? false : ownerReferences.some(({ kind, controller }) => controller && MAKERS.has(kind)),
      )
      .map(({ metadata: { uid, name, namespace }, status }) => {
        const times = (status?.containerStatuses ?? []).reduce((sum, { restartCount = 0 }) => sum + restartCount, 0);
        return [uid, { times, pod: { name, namespace } }];
      }),
  );
}
