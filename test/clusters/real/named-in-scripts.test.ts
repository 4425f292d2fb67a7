import { expect, test } from 'vitest';
import { namedInScripts } from '../../../src/clusters/real/named-in-scripts.js';

const SCRIPTS: readonly (readonly [script: string, ...objects: string[]])[] = [
  ['kubectl create clusterrole pods-seen --verb=get --resource=pods', 'ClusterRole/pods-seen'],
  ['kubectl -n vault create clusterrolebinding house-guests --user=margit', 'ClusterRoleBinding/house-guests'],
  ['k create ns later; k create namespace "there"', 'Namespace/later', 'Namespace/there'],
  ['k create priorityclass high', 'PriorityClass/high'],
  ['k create deployment web --image=nginx'],
  ['for r in a b; do k create clusterrole $r --verb=get --resource=pods; done'],
  ['k get clusterroles; k delete clusterrole view'],
  [
    `k apply -f - <<EOF
apiVersion: v1
kind: PersistentVolume
metadata:
  labels: {of: tests}
  name: shelf
---
apiVersion: v1
kind: ConfigMap
metadata: {name: here}
---
kind: StorageClass
metadata: {labels: {of: tests}, name: slow}
EOF`,
    'PersistentVolume/shelf',
    'StorageClass/slow',
  ],
  ['k create -f - <<< \'{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"json"}}\'', 'Namespace/json'],
];

test.each(SCRIPTS)('%s', (script, ...objects) => {
  expect(namedInScripts([script]).map(({ kind, name }) => `${kind}/${name}`)).toEqual(objects);
});
