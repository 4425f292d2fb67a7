import { isJsonObject } from '../../../api/object.js';
import { KustomizeError } from '../error.js';
import { decodeValue, yamlValue } from '../file/decode.js';
import type { Replacement } from '../file/kustomization.js';
import type { Loader } from '../files/loader.js';
import { sourceValue } from '../references/replacement-source.js';
import { replaceTargets } from '../references/replacement-target.js';
import type { Transformer } from '../transformer.js';

type Entry = Replacement & { readonly path?: string };

/** `replacements`: values copied from one object into fields of others. */
export const replacements: Transformer = {
  kind: 'ReplacementTransformer',
  settings: ({ replacements: list = [] }) => (list.length === 0 ? [] : [{ replacements: list }]),
  shown: ({ replacements: list }) => ({ Replacements: list }),
  configure: (settings, loader) => {
    const list = ((settings['replacements'] ?? []) as Entry[]).flatMap((entry) => loaded(entry, loader));
    return ({ list: resources }) => {
      for (const replacement of list) {
        if ((replacement.sourceValue === undefined && replacement.source === undefined) || !replacement.targets) {
          throw new KustomizeError('replacements must specify a source and at least one target');
        }
        replaceTargets(resources, sourceValue(resources, replacement), replacement.targets);
      }
    };
  },
};

function loaded(entry: Entry, loader: Loader): Replacement[] {
  const { path = '' } = entry;
  if (path === '') return [entry];
  if (entry.source !== undefined || (entry.targets ?? []).length > 0) {
    throw new KustomizeError('cannot specify both path and inline replacement');
  }
  const value = yamlValue(loader.text(path));
  if (Array.isArray(value)) return value.map((item) => decodeValue(item, 'Replacement', false) as Replacement);
  if (isJsonObject(value)) return [decodeValue(value, 'Replacement', false) as Replacement];
  const kind =
    value === null ? 'invalid' : typeof value === 'number' ? 'float64' : typeof value === 'boolean' ? 'bool' : 'string';
  throw new KustomizeError(`unsupported replacement type encountered within replacement path: ${kind}`);
}
