import { goQuote } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import { printYaml } from '../../../api/yaml/print.js';
import { type JsonPatch, patchObject, readJsonPatch } from '../changes/json-patch.js';
import { complaintOf, KustomizeError, within } from '../error.js';
import type { Patch } from '../file/kustomization.js';
import type { Loader } from '../files/loader.js';
import { readResources } from '../resource/read-resources.js';
import { NOTES, type Resource } from '../resource/resource.js';
import { idText } from '../resource/resource-id.js';
import { applyPatch, type ResourceMap } from '../resource/resource-map.js';
import { selectorText, selectResources } from '../resource/selector.js';
import type { Transformer } from '../transformer.js';

/** `patches`: strategic or JSON patches, inline or from files, for what they name or what a target selects. */
export const patches: Transformer = {
  kind: 'PatchTransformer',
  settings: (file) =>
    (file.patches ?? []).map(({ path, patch, target, options }) => ({
      ...(path ? { path } : {}),
      ...(patch ? { patch } : {}),
      ...(target ? { target } : {}),
      ...(options ? { options } : {}),
    })),
  configure: (settings, loader) => {
    const patch = settings as Patch;
    const { text, source } = patchText(patch, settings, loader);
    const read = readEither(text, source);
    if ('operations' in read) {
      const { operations } = read;
      return operations === undefined ? () => {} : (resources) => applyJson(resources, operations, patch, source);
    }
    for (const each of read.strategic) {
      if (patch.options?.allowNameChange) each.enable(NOTES.allowNameChange);
      if (patch.options?.allowKindChange) each.enable(NOTES.allowKindChange);
    }
    return read.strategic.length === 0
      ? () => {}
      : (resources) => applyStrategic(resources, read.strategic, patch, source);
  },
};

function patchText(
  { path = '', patch = '' }: Patch,
  settings: JsonObject,
  loader: Loader,
): { text: string; source: string } {
  const inline = patch.trim();
  if (inline === '' && path === '') {
    throw new KustomizeError(`must specify one of patch and path in\n${printYaml(settings)}`);
  }
  if (inline !== '' && path !== '') {
    throw new KustomizeError(`patch and path can't be set at the same time\n${printYaml(settings)}`);
  }
  if (inline !== '') return { text: inline, source: `[patch: ${goQuote(inline)}]` };
  const text = within(`failed to get the patch file from path(${path})`, () => loader.text(path));
  return { text, source: `[path: ${goQuote(path)}]` };
}

function readEither(text: string, source: string): { strategic: Resource[] } | { operations: JsonPatch | undefined } {
  let strategic: Resource[] = [];
  let operations: JsonPatch | undefined;
  const notStrategic = complaintOf(() => {
    strategic = readResources(text);
  });
  const notJson = complaintOf(() => {
    operations = readJsonPatch(text);
  });
  if (strategic.length > 0 && (operations?.length ?? 0) > 0) {
    throw new KustomizeError(`illegally qualifies as both an SM and JSON patch: ${source}`);
  }
  if (notStrategic !== undefined && notJson !== undefined) {
    throw new KustomizeError(`unable to parse SM or JSON patch from ${source}`);
  }
  return notStrategic === undefined ? { strategic } : { operations };
}

function applyStrategic(resources: ResourceMap, list: readonly Resource[], { target }: Patch, source: string): void {
  if (target !== undefined) {
    if (list.length > 1) {
      throw new KustomizeError(
        `Multiple Strategic-Merge Patches in one \`patches\` entry is not allowed to set \`patches.target\` field: ${source}`,
      );
    }
    const chosen = within(`unable to find patch target ${goQuote(selectorText(target))} in \`resources\``, () =>
      selectResources(resources.list, target),
    );
    resources.applyPatch(chosen, list[0] as Resource);
    return;
  }
  for (const patch of list) {
    const id = patch.originalId;
    const found = within(`no resource matches strategic merge patch ${goQuote(idText(id))}`, () =>
      resources.target(id),
    );
    applyPatch(found, patch);
  }
}

function applyJson(resources: ResourceMap, operations: JsonPatch, { target }: Patch, source: string): void {
  if (target === undefined) throw new KustomizeError(`must specify a target for JSON patch ${source}`);
  for (const resource of selectResources(resources.list, target)) {
    resource.storePreviousId();
    patchObject(resource, operations);
  }
}
