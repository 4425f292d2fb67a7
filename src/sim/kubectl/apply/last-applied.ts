import { goJson } from '../../api/go-text.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { compactJson } from '../../api/yaml/json-writer.js';

/** Where `apply` keeps what it was told last. */
export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What was applied last; undefined when it never was. */
export function lastAppliedText(object: KubeObject): string | undefined {
  return object.metadata.annotations?.[LAST_APPLIED];
}

/** The same as an object; empty when it never was or cannot be read. */
export function lastApplied(object: KubeObject): JsonObject {
  const text = lastAppliedText(object);
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** An object with its own configuration noted on it. Objects built here keep their fields' order, others are sorted. */
export function withLastApplied(object: KubeObject, built = false): KubeObject {
  const { [LAST_APPLIED]: _old, ...annotations } = object.metadata.annotations ?? {};
  const hasOwn = Object.keys(annotations).length > 0;
  const metadata = { ...object.metadata, ...(built && !hasOwn ? {} : { annotations }) };
  const bare = { ...object, metadata };
  const text = `${built ? goJson(bare) : compactJson(bare)}\n`;
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } };
}

/** An object's configuration as it stands, for whoever notes it by itself (GetApplyPatch of kubectl's editor). */
export function configurationText(object: KubeObject): string {
  return `${compactJson(object)}\n`;
}
