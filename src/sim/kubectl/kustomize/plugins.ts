import { isJsonObject, type JsonObject } from '../../api/object.js';
import { KustomizeError, within } from './error.js';
import type { Loader } from './files/loader.js';
import type { Generator } from './generator.js';
import { GENERATORS } from './generators/register.js';
import type { Resource } from './resource/resource.js';
import { gvkText, idText } from './resource/resource-id.js';
import type { Transform, Transformer } from './transformer.js';
import { TRANSFORMERS } from './transformers/register.js';
import { toValue } from './tree/values.js';

/** A transformer from a file of its own. Throws for those that are not built in. */
export function pluginTransform(resource: Resource, loader: Loader): Transform {
  return configured(resource, TRANSFORMERS, GENERATORS, 'transformer', loader) as Transform;
}

/** A generator from a file of its own. */
export function pluginGenerator(resource: Resource, loader: Loader): () => Resource[] {
  return within('failed to load generator', () =>
    configured(resource, GENERATORS, TRANSFORMERS, 'generator', loader),
  ) as () => Resource[];
}

function configured(
  resource: Resource,
  wanted: readonly (Transformer | Generator)[],
  others: readonly (Transformer | Generator)[],
  what: string,
  loader: Loader,
): unknown {
  const { gvk, originalId } = resource;
  if (gvk.group !== '' || gvk.version !== 'builtin') {
    throw new KustomizeError(`external plugins disabled; unable to load external plugin '${originalId.kind}'`);
  }
  const plugin = wanted.find(({ kind }) => kind === gvk.kind);
  if (plugin === undefined) {
    const isOther = others.some(({ kind }) => kind === gvk.kind);
    throw new KustomizeError(
      isOther ? `plugin ${idText(originalId)} not a ${what}` : `unable to load builtin ${gvkText(gvk)}`,
    );
  }
  const settings = toValue(resource.node);
  return within(`plugin ${idText(originalId)} fails configuration`, () =>
    plugin.configure((isJsonObject(settings) ? settings : {}) as JsonObject, loader),
  );
}
