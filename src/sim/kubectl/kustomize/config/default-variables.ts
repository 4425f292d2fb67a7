import type { FieldSpec } from './field-spec.js';

const TEMPLATED = ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'];

const SPECS: readonly (readonly [string, string])[] = [
  ['CronJob', 'spec/jobTemplate/spec/template/spec'],
  ...TEMPLATED.map((kind) => [kind, 'spec/template/spec'] as const),
  ['Pod', 'spec'],
];

const IN_CONTAINERS = ['args', 'command', 'env/value', 'volumeMounts/mountPath'];

/** Where `$(NAME)` is replaced by what a var says. */
export const VARIABLE_FIELDS: readonly FieldSpec[] = [
  ...SPECS.flatMap(([kind, spec]) =>
    ['containers', 'initContainers'].flatMap((list) =>
      IN_CONTAINERS.map((path) => ({ kind, path: `${spec}/${list}/${path}` })),
    ),
  ),
  ...TEMPLATED.filter((kind) => kind !== 'StatefulSet').map((kind) => ({
    kind,
    path: 'spec/template/spec/volumes/nfs/server',
  })),
  { kind: 'CronJob', path: 'spec/jobTemplate/spec/template/volumes/nfs/server' },
  { kind: 'Pod', path: 'spec/volumes/nfs/server' },
  { kind: 'StatefulSet', path: 'spec/volumeClaimTemplates/spec/nfs/server' },
  { kind: 'PersistentVolume', path: 'spec/nfs/server' },
  { kind: 'Deployment', path: 'spec/template/metadata/annotations' },
  { kind: 'Ingress', path: 'spec/rules/host' },
  { kind: 'Ingress', path: 'spec/tls/hosts' },
  { kind: 'Ingress', path: 'spec/tls/secretName' },
  { kind: 'Service', path: 'spec/ports/port' },
  { kind: 'Service', path: 'spec/ports/targetPort' },
  { path: 'metadata/labels' },
  { path: 'metadata/annotations' },
];
