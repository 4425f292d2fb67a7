import type { JsonObject } from '../../../api/object.js';
import { KustomizeError } from '../error.js';
import type { GeneratorArguments, GeneratorOptions } from '../file/kustomization.js';
import { NOTES, Resource } from '../resource/resource.js';
import { fieldOrNew, setField } from '../tree/fields.js';
import { emptyNode, type Node, scalar, stringNode } from '../tree/node.js';

/** An entry with the options of all generators under its own. */
export function mergedOptions(entry: GeneratorArguments, all: GeneratorOptions | undefined): JsonObject {
  if (all === undefined) return { ...entry };
  const own = entry.options ?? {};
  const labels = { ...all.labels, ...own.labels };
  const annotations = { ...all.annotations, ...own.annotations };
  const options: GeneratorOptions = {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    ...(own.disableNameSuffixHash || all.disableNameSuffixHash ? { disableNameSuffixHash: true } : {}),
    ...(own.immutable || all.immutable ? { immutable: true } : {}),
  };
  return { ...entry, options };
}

/** Settings of a kustomization or of a file of their own, which names its object under `metadata`. */
export function argumentsFrom(settings: JsonObject): GeneratorArguments {
  const entry = settings as GeneratorArguments & { readonly metadata?: { name?: string; namespace?: string } };
  const name = entry.name || entry.metadata?.name;
  const namespace = entry.namespace || entry.metadata?.namespace;
  return { ...entry, ...(name ? { name } : {}), ...(namespace ? { namespace } : {}) };
}

/** The object without what it holds. */
export function baseObject(kind: string, { name, namespace }: GeneratorArguments): Node {
  const node = emptyNode('mapping');
  setField(node, 'apiVersion', scalar('v1'));
  setField(node, 'kind', scalar(kind));
  if (!name) throw new KustomizeError('a configmap must have a name');
  const metadata = fieldOrNew(node, 'metadata', 'mapping');
  setField(metadata, 'name', scalar(name));
  if (namespace) setField(metadata, 'namespace', scalar(namespace));
  return node;
}

/** Sets one entry of a mapping, which is made when it is missing. */
export function fillField(node: Node, field: string, key: string, value: Node): void {
  setField(fieldOrNew(node, field, 'mapping'), key, value);
}

const BEHAVIORS = ['create', 'replace', 'merge'];

/** Adds what options say, and notes how the object is to be taken in. */
export function finish(node: Node, { options = {}, behavior = '' }: GeneratorArguments): Resource {
  const metadata = fieldOrNew(node, 'metadata', 'mapping');
  for (const field of ['labels', 'annotations'] as const) {
    const pairs = options[field] ?? {};
    for (const key of Object.keys(pairs).sort()) {
      setField(fieldOrNew(metadata, field, 'mapping'), key, stringNode(pairs[key] ?? ''));
    }
  }
  if (options.immutable) setField(node, 'immutable', scalar('true', '!!bool'));
  const resource = new Resource(node);
  if (!options.disableNameSuffixHash) resource.enable(NOTES.needsHash);
  const known = BEHAVIORS.includes(behavior) ? behavior : 'unspecified';
  resource.annotations = { ...resource.annotations, [NOTES.behavior]: known };
  return resource;
}
