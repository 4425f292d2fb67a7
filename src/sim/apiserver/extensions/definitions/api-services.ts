/** APIServices of the versions that definitions are served in (crdregistration and autoregister controllers). */
import type { KubeObject } from '../../../api/object.js';
import type { CustomResourceDefinition } from '../../../api/types/custom-resource-definition.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Store } from '../../../store/store.js';
import type { ServerParts } from '../../parts.js';
import type { ServedKind } from '../../served-kind.js';
import { createAsServer } from '../../start/system-request.js';
import { allObjects, findObject } from '../../storage/get.js';
import { removeObject } from '../../storage/write.js';

const AUTOMANAGED = 'kube-aggregator.kubernetes.io/automanaged';
const GROUP_PRIORITY = 1000;
const VERSION_PRIORITY = 100;

/** Makes the APIServices that are missing, and takes those away that nobody serves any more. */
export function* settleRegistrations(parts: ServerParts, store: Store, definitions: ServedKind): Waiting<void> {
  const kind = parts.kinds.kind('apiregistration.k8s.io/v1', 'APIService');
  if (!kind) return;
  const wanted = new Map<string, KubeObject>();
  for (const { spec } of allObjects(store, definitions) as CustomResourceDefinition[]) {
    for (const { name, served } of spec.versions ?? []) {
      if (served) wanted.set(`${name}.${spec.group}`, registration(spec.group, name));
    }
  }
  for (const [name, object] of wanted) {
    if (!findObject(store, kind, '', name)) yield* createAsServer(parts, kind, object);
  }
  for (const object of allObjects(store, kind)) {
    const { name = '', labels } = object.metadata;
    if (labels?.[AUTOMANAGED] === 'true' && !wanted.has(name)) removeObject(store, kind, object);
  }
}

function registration(group: string, version: string): KubeObject {
  return {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `${version}.${group}`, labels: { [AUTOMANAGED]: 'true' } },
    spec: { group, version, groupPriorityMinimum: GROUP_PRIORITY, versionPriority: VERSION_PRIORITY },
  };
}
