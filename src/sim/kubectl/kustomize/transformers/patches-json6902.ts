import { patchObject, readJsonPatch } from '../changes/json-patch.js';
import { KustomizeError, within } from '../error.js';
import { type Selector, selectResources } from '../resource/selector.js';
import type { Transformer } from '../transformer.js';

interface Settings {
  readonly target?: Selector;
  readonly path?: string;
  readonly jsonOp?: string;
}

/** `patchesJson6902`: the older way to write JSON patches. */
export const patchesJson6902: Transformer = {
  kind: 'PatchJson6902Transformer',
  settings: (file) =>
    (file.patchesJson6902 ?? []).map(({ target, path, patch }) => ({
      ...(target ? { target } : {}),
      ...(path ? { path } : {}),
      ...(patch ? { jsonOp: patch } : {}),
    })),
  configure: (settings, loader) => {
    const { target = {}, path = '', jsonOp = '' } = settings as Settings;
    if (!target.name) throw new KustomizeError('must specify the target name');
    if (path === '' && jsonOp === '') throw new KustomizeError('empty file path and empty jsonOp');
    if (path !== '' && jsonOp !== '') throw new KustomizeError('must specify a file path or jsonOp, not both');
    const text = path === '' ? jsonOp : loader.text(path);
    if (text === '') throw new KustomizeError(`patch file '${path}' empty seems to be empty`);
    const patch = within(`decoding ${text}`, () => readJsonPatch(text)) ?? [];
    if (patch.length === 0) {
      throw new KustomizeError(`patch appears to be empty; file=${path}, JsonOp=${text}`);
    }
    return ({ list }) => {
      for (const resource of selectResources(list, target)) patchObject(resource, patch);
    };
  },
};
