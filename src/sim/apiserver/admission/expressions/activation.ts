import { isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';
import { authorizerValue, fromJson, requestResourceValue, type Variables } from '../../../cel/index.js';
import type { Attributes, View } from '../matching/attributes.js';
import { namespaceObject } from '../matching/selectors.js';
import { askAuthorizers } from './ask-authorizers.js';
import { requestFields } from './request-fields.js';

/** What an expression of a webhook or policy is run with: values are made when an expression first names them. */
export class Activation {
  readonly variables: Variables;

  constructor(
    attributes: Attributes,
    view: View,
    object: KubeObject | undefined,
    more: Record<string, () => unknown> = {},
  ) {
    const { name, namespace, subresource, own } = attributes;
    const ask = once(() => askAuthorizers(attributes.request));
    const { group, resource } = own.resource;
    this.variables = lazily({
      object: () => json(object),
      oldObject: () => json(attributes.oldObject(view)),
      request: () => json(requestFields(attributes, view)),
      namespaceObject: () => json(shownNamespace(namespaceObject(attributes))),
      authorizer: () => authorizerValue(ask()),
      'authorizer.requestResource': () =>
        requestResourceValue(ask(), { group, resource, subresource, namespace, name }),
      ...more,
    });
  }
}

/** JSON as a value, null where there is nothing. */
export function json(value: unknown): unknown {
  return fromJson(value ?? null);
}

/** An object whose fields are worked out when they are first read. */
function lazily(fields: Record<string, () => unknown>): Variables {
  const made: Record<string, unknown> = {};
  for (const [name, make] of Object.entries(fields)) {
    Object.defineProperty(made, name, { enumerable: true, get: once(make) });
  }
  return made as Variables;
}

function once<T>(make: () => T): () => T {
  let known: { value: T } | undefined;
  return () => {
    known ??= { value: make() };
    return known.value;
  };
}

const NAMESPACE_METADATA = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'finalizers',
];

/** A namespace without owners and managers, which expressions are not to lean on. */
function shownNamespace(namespace: KubeObject | undefined): JsonObject | undefined {
  if (!namespace) return undefined;
  const metadata = Object.fromEntries(
    Object.entries(namespace.metadata).filter(([field]) => NAMESPACE_METADATA.includes(field)),
  );
  const { spec, status } = namespace as unknown as { spec?: unknown; status?: unknown };
  return { metadata, spec: isJsonObject(spec) ? spec : {}, status: isJsonObject(status) ? status : {} };
}
