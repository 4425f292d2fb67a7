import { type FieldSpec, visitFields } from '../config/field-spec.js';
import type { Image } from '../file/kustomization.js';
import type { Transformer } from '../transformer.js';
import { pairsOf } from '../tree/emit.js';
import { getField, requireKind, setScalar } from '../tree/fields.js';
import { isMissing, type Node, scalar } from '../tree/node.js';

/** `images`: another name, tag or digest for all uses of an image. */
export const images: Transformer = {
  kind: 'ImageTagTransformer',
  settings: (file, configuration) =>
    (file.images ?? []).map((imageTag) => ({ imageTag, fieldSpecs: configuration.images })),
  configure: (settings) => {
    const { imageTag = {}, fieldSpecs = [] } = settings as { imageTag?: Image; fieldSpecs?: readonly FieldSpec[] };
    const change = (node: Node): void => changeImage(node, imageTag);
    return ({ list }) => {
      for (const { kind, node } of list) {
        if (kind === 'CustomResourceDefinition') continue;
        visitContainers(node, change);
        visitFields(node, fieldSpecs, change);
      }
    };
  },
};

/** Containers are looked for anywhere, so that objects of unknown kinds are reached too. */
function visitContainers(node: Node, change: (image: Node) => void): void {
  if (node.kind === 'sequence') for (const item of node.content) visitContainers(item, change);
  if (node.kind !== 'mapping') return;
  for (const [key, value] of pairsOf(node)) {
    visitContainers(value, change);
    if ((key.value !== 'containers' && key.value !== 'initContainers') || value.kind !== 'sequence') continue;
    for (const item of value.content) {
      const image = getField(item, 'image');
      if (image !== undefined) change(image);
    }
  }
}

function changeImage(node: Node, { name = '', newName, newTag, tagSuffix, digest }: Image): void {
  requireKind(node, 'scalar');
  if (isMissing(node) || !isNamed(node.value, name)) return;
  const image = splitImage(node.value);
  if (newName) image.name = newName;
  if (newTag || digest) {
    image.tag = newTag ?? '';
    image.digest = digest ?? '';
  } else if (tagSuffix) {
    image.tag += tagSuffix;
    image.digest = '';
  }
  const tag = image.tag === '' ? '' : `:${image.tag}`;
  setScalar(node, scalar(`${image.name}${tag}${image.digest === '' ? '' : `@${image.digest}`}`));
}

/** The name is taken for an expression, as it is in kustomize. */
function isNamed(image: string, name: string): boolean {
  const rest = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$';
  try {
    return new RegExp(`^${name}${rest}`).test(image);
  } catch {
    return false;
  }
}

function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at >= 0 && (colon < 0 || at < colon)) return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (colon < 0) return { name: image, tag: '', digest: '' };
  return {
    name: image.slice(0, colon),
    tag: image.slice(colon + 1, at < 0 ? undefined : at),
    digest: at < 0 ? '' : image.slice(at + 1),
  };
}
