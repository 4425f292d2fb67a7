import { KustomizeError, within } from '../error.js';
import type { FieldOptions, Replacement } from '../file/kustomization.js';
import type { Resource } from '../resource/resource.js';
import { idText, isSelectedBy } from '../resource/resource-id.js';
import { selectorId } from '../resource/selector.js';
import { lookup } from '../tree/fields.js';
import { copyNode, isEmpty, type Node, scalar, textOf } from '../tree/node.js';
import { splitFieldPath } from '../tree/path.js';

/** The value a replacement copies. Throws KustomizeError when it cannot be found. */
export function sourceValue(resources: readonly Resource[], { source, sourceValue: text }: Replacement): Node {
  if (source === undefined) return scalar(text ?? '');
  if (text !== undefined) throw new KustomizeError('value and resource selectors are mutually exclusive');
  const id = selectorId(source);
  const parts = [idText(id), source.fieldPath ?? '', optionsText(source.options)];
  const shown = parts.filter((part) => part !== '').join(':');
  const matches = resources.filter((resource) =>
    [resource.id, ...resource.previousIds].some((each) => isSelectedBy(each, id)),
  );
  if (matches.length > 1) throw new KustomizeError(`multiple matches for selector ${shown}`);
  const [match] = matches;
  if (match === undefined) throw new KustomizeError(`nothing selected by ${shown}`);
  const path = source.fieldPath || 'metadata.name';
  const found = within('error looking up replacement source', () => lookup(match.node, splitFieldPath(path)));
  if (found === undefined || isEmpty(found)) {
    throw new KustomizeError(`fieldPath \`${path}\` is missing for replacement source ${idText(id)}`);
  }
  return refined(found, source.options);
}

function optionsText(options: FieldOptions | undefined): string {
  if (options === undefined || (!options.delimiter && !options.create)) return '';
  return `${options.delimiter ?? ''}(${options.index ?? 0}), create=${options.create ?? false}`;
}

/** One part of the value, when there is a delimiter. */
function refined(found: Node, options: FieldOptions | undefined): Node {
  if (!options?.delimiter) return found;
  if (found.kind !== 'scalar') throw new KustomizeError('delimiter option can only be used with scalar nodes');
  const parts = textOf(found).split(options.delimiter);
  const index = options.index ?? 0;
  const part = parts[index];
  if (part === undefined) {
    throw new KustomizeError(`options.index ${index} is out of bounds for value ${textOf(found)}`);
  }
  return { ...copyNode(found), value: part };
}
