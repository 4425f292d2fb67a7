import type { ServedKind } from '../served-kind.js';

/** The name of a kind's schema, as Kubernetes names Go types: `io.k8s.api.apps.v1.Deployment`. */
export function schemaName(kind: ServedKind): string {
  const group = kind.group === '' ? 'core' : (kind.group.split('.')[0] as string);
  return `io.k8s.api.${group}.${kind.version}.${kind.kind}`;
}

/** The schemas of kinds. Until the fields are known here, an object with kind, apiVersion and metadata. */
export function schemasOf(kinds: readonly ServedKind[]): Record<string, object> {
  const schemas: Record<string, object> = {};
  for (const kind of kinds) {
    schemas[schemaName(kind)] = {
      type: 'object',
      properties: {
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata: { type: 'object' },
      },
      'x-kubernetes-preserve-unknown-fields': true,
      'x-kubernetes-group-version-kind': [{ group: kind.group, kind: kind.kind, version: kind.version }],
    };
  }
  return schemas;
}
