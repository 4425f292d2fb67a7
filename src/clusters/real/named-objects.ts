/** An object that a text names. Without a name any of its kind is meant. */
export interface NamedObject {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

/**
 * All objects that data names, however deep: what has a `kind` beside a name, a namespace, or a field of an object's. Checks
 * have them as references (`{apiVersion, kind, name, namespace}`), manifests as objects. Data that names a namespace alone
 * names the namespace.
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
  for (const value of Object.values(fields)) collect(value, add);
}
