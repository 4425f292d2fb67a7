/** What `kubectl apply` without --server-side left in an object, and how a server-side apply by kubectl deals with it. */
import type { FactType } from '../../api/facts/fact-types.js';
import { compareFields } from '../../api/managed-fields/compare-fields.js';
import type { Conflict } from '../../api/managed-fields/conflicts.js';
import { differenceOf, type FieldSet, hasPath, unionOf } from '../../api/managed-fields/field-set.js';
import { rootOf } from '../../api/managed-fields/structure.js';
import { toFieldSet } from '../../api/managed-fields/to-field-set.js';
import { typeProblems } from '../../api/managed-fields/validate-values.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { compactJson } from '../../api/yaml/json-writer.js';

/** The annotation with the configuration. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const ANNOTATIONS_BYTES_MAX = 256 * 1024;

/** The conflicts that are none, because kubectl itself put the fields there: taken out. */
export function conflictsLeft(conflicts: readonly Conflict[], live: JsonObject, type: FactType): Conflict[] {
  const own = fieldsOfLastApplied(live, type);
  return own ? conflicts.filter(({ path }) => !hasPath(own, path)) : [...conflicts];
}

/** The fields of the last configuration that still are as it has them; undefined when there is none that can be read. */
function fieldsOfLastApplied(live: JsonObject, type: FactType): FieldSet | undefined {
  const text = annotationOf(live);
  if (text === '') return undefined;
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(config) || config['apiVersion'] !== live['apiVersion'] || config['kind'] !== live['kind'])
    return undefined;
  const root = rootOf(type);
  if (typeProblems(root, config, 'refused') || typeProblems(root, live, 'refused')) return undefined;
  const { added, modified, removed } = compareFields(type, config, live);
  return differenceOf(toFieldSet(root, config), unionOf(unionOf(modified, added), removed));
}

/** Brings the annotation up to date in an object that has one; the object is changed. Whether it was is told. */
export function keepLastApplied(object: JsonObject, config: JsonObject): boolean {
  const before = annotationOf(object);
  if (before === '') return false;
  const metadata = object['metadata'] as JsonObject;
  const { [LAST_APPLIED]: _, ...others } = metadata['annotations'] as Record<string, string>;
  const text = `${compactJson(withoutAnnotation(config))}\n`;
  const fits = sizeOf({ ...others, [LAST_APPLIED]: text }) <= ANNOTATIONS_BYTES_MAX;
  metadata['annotations'] = fits ? { ...others, [LAST_APPLIED]: text } : others;
  return !fits || text !== before;
}

function annotationOf(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const text = annotations[LAST_APPLIED];
  return typeof text === 'string' ? text : '';
}

function withoutAnnotation(config: JsonObject): JsonObject {
  const metadata = isJsonObject(config['metadata']) ? config['metadata'] : {};
  if (!isJsonObject(metadata['annotations'])) return config;
  const { [LAST_APPLIED]: _, ...annotations } = metadata['annotations'];
  return { ...config, metadata: { ...metadata, annotations } };
}

function sizeOf(annotations: Record<string, string>): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}
