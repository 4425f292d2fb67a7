import { type ApiKind, countGeneration, defineKind, type KindDefinition, keepStatus } from '../../api/kinds/kind.js';
import { isJsonObject, type KubeObject, semanticEqual } from '../../api/object.js';

export { keepStatus };

/** How a kind treats its status and its generation; most kinds of the API are one of these. */
export interface BuildOptions extends KindDefinition {
  /** The status is a subresource: writes to the object leave it alone, writes to the status leave the rest alone. */
  readonly hasStatus?: boolean;
  /** metadata.generation counts changes of the spec. */
  readonly counted?: boolean;
}

/** A kind made from its facts and what is its own. */
export function buildKind(options: BuildOptions): ApiKind {
  const { hasStatus = false, counted = false, ...facts } = options;
  const subresources = [...(facts.subresources ?? []), ...(hasStatus ? ['status'] : [])];
  return defineKind({
    ...facts,
    subresources,
    prepareCreate: (object, context) => {
      if (hasStatus) delete object['status'];
      if (counted) object.metadata.generation = 1;
      facts.prepareCreate?.(object, context);
    },
    prepareUpdate: (object, old, context) => {
      if (hasStatus) keepStatus(object, old);
      facts.prepareUpdate?.(object, old, context);
      if (counted) countGeneration(object, old, !semanticEqual(contentOf(object), contentOf(old)));
    },
  });
}

function contentOf(object: KubeObject): object {
  const { metadata: _metadata, status: _status, ...content } = object;
  return content;
}

/** A nested object, made when it is not there. */
export function section(object: Record<string, unknown>, name: string): Record<string, unknown> {
  const found = object[name];
  if (isJsonObject(found)) return found;
  const made: Record<string, unknown> = {};
  object[name] = made;
  return made;
}

/** A text at a path of an object; '' when there is none. Truth values become texts. */
export function textAt(object: unknown, ...path: string[]): string {
  let value: unknown = object;
  for (const name of path) value = isJsonObject(value) ? value[name] : undefined;
  return typeof value === 'string'
    ? value
    : typeof value === 'boolean' || typeof value === 'number'
      ? String(value)
      : '';
}

/** Field labels with their paths below the object, beside name and namespace. */
export function fields(
  paths: Readonly<Record<string, readonly string[]>>,
): Pick<ApiKind, 'fieldLabels' | 'selectableFields'> {
  return {
    fieldLabels: ['metadata.name', 'metadata.namespace', ...Object.keys(paths)],
    selectableFields: (object) => {
      const found: Record<string, string> = {
        'metadata.name': object.metadata.name ?? '',
        'metadata.namespace': object.metadata.namespace ?? '',
      };
      for (const [label, path] of Object.entries(paths)) found[label] = textAt(object, ...path);
      return found;
    },
  };
}
