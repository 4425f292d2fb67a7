/** An object that a text names. Without a name any of its kind is meant. */
export interface NamedObject {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/** What is named where pods are made to try something from: not an object of Kubernetes, since they have no names there. */
export const PROBES = 'ProbePods';
/** A namespace that stands for somewhere else: pods to try something from are as well in any other that is nobody's. */
const ELSEWHERE = 'default';

/** Whether somebody tries something from elsewhere. */
export function triesFromElsewhere(named: readonly NamedObject[]): boolean {
  return named.some(({ kind, namespace }) => kind === PROBES && namespace === ELSEWHERE);
}

/**
 * All objects that data names, however deep: what has a `kind` beside a name, a namespace, or a field of an object's. Checks
 * have them as references (`{apiVersion, kind, name, namespace}`), manifests as objects. Data that names a namespace alone
 * names the namespace, but where pods are made to try something from (`probe: {namespace: default}`) it may be another one.
 */
export function namedObjects(data: unknown): readonly NamedObject[] {
  const found = new Map<string, NamedObject>();
  const add = (one: NamedObject): void => void found.set(JSON.stringify([one.kind, one.namespace, one.name]), one);
  collect(data, add);
  return [...found.values()];
}

function collect(data: unknown, add: (one: NamedObject) => void): void {
  if (Array.isArray(data)) for (const one of data) collect(one, add);
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return;
  const fields = data as Readonly<Record<string, unknown>>;
  const metadata = (fields['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const kind = text(fields['kind']);
  const name = text(fields['name']) ?? text(metadata['name']);
  const namespace = text(fields['namespace']) ?? text(metadata['namespace']);
  if (kind !== undefined && (name !== undefined || text(fields['apiVersion']) !== undefined))
    add({ kind, ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) });
  if (namespace !== undefined) add({ kind: 'Namespace', name: namespace });
  for (const [field, value] of Object.entries(fields)) {
    const place = field === 'probe' ? text((value as { namespace?: unknown } | null)?.namespace) : undefined;
    if (place !== undefined) add({ kind: PROBES, namespace: place });
    if (place !== ELSEWHERE) collect(value, add);
  }
}
