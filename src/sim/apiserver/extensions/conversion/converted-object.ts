/** What a converter may change of an object, and what it may not. */
import { aggregateErrors, type FieldError } from '../../../api/field-error.js';
import { goType } from '../../../api/go-type.js';
import { validateMeta } from '../../../api/kinds/meta.js';
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';

/** How a converted object is not the one that was sent; undefined when it is. */
export function sameIdentity(given: KubeObject, made: JsonObject): string | undefined {
  const metadata = isJsonObject(made['metadata']) ? made['metadata'] : {};
  const fields = [
    ['name', 'name'],
    ['namespace', 'namespace'],
    ['uid', 'UID'],
  ] as const;
  for (const [field, word] of fields) {
    const [before, after] = [given.metadata?.[field] ?? '', metadata[field] ?? ''];
    if (before !== after) return `must have the same ${word}: ${before} != ${String(after)}`;
  }
  return undefined;
}

/** Gives a converted object the metadata it had, but for labels and annotations; what is wrong with those. */
export function restoreMetadata(given: KubeObject, made: JsonObject): string | undefined {
  const answered = made['metadata'];
  if (!('metadata' in made)) return 'missing metadata in converted object';
  if (!isJsonObject(answered)) return `invalid metadata of type ${goType(answered)} in converted object`;
  const metadata: JsonObject = deepCopy({ ...given.metadata });
  made['metadata'] = metadata;
  for (const field of ['labels', 'annotations'] as const) {
    const map = answered[field];
    if (map === undefined || map === null) {
      delete metadata[field];
      continue;
    }
    if (!isJsonObject(map)) return `invalid metadata.${field} of type ${goType(map)} in converted object`;
    const odd = Object.entries(map).find(([, value]) => typeof value !== 'string');
    if (odd) return `metadata.${field}[${odd[0]}] must be a string, but is ${goType(odd[1])} in converted object`;
    const wrong = validateMap(field, given, map as Record<string, string>);
    if (wrong !== undefined) return wrong;
    metadata[field] = map;
  }
  return undefined;
}

function validateMap(
  field: 'labels' | 'annotations',
  given: KubeObject,
  map: Record<string, string>,
): string | undefined {
  const before = given.metadata?.[field] ?? {};
  const isSame =
    Object.keys(before).length === Object.keys(map).length &&
    Object.entries(map).every(([key, value]) => before[key] === value);
  if (isSame) return undefined;
  const object: KubeObject = { ...given, metadata: { name: 'name', [field]: map } };
  const errors = validateMeta(object, false, () => []).filter(({ field: at }) => at.startsWith(`metadata.${field}`));
  if (errors.length === 0) return undefined;
  // The server's own words for where annotations are.
  const inItsWords = ({ field: at }: FieldError) => at.replace(/^metadata\.annotations/, 'metadata.annotation');
  return aggregateErrors(errors.map((error) => ({ ...error, field: inItsWords(error) })));
}
