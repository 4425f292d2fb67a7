import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { applyJsonPatch } from '../../api/patch/json-patch.js';
import { mergePatch } from '../../api/patch/merge-patch.js';
import { strategicPatch } from '../../api/patch/strategic-patch.js';
import { readYaml } from '../../api/yaml/read.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

/** An object that was built here with `--overrides` put over it. Throws for what is no JSON. */
export function overridden({ flags }: Session, object: KubeObject): KubeObject {
  const text = flags.text('overrides');
  if (text === '') return object;
  let patch: unknown;
  try {
    patch = readYaml(text);
  } catch (error) {
    if (error instanceof Error) throw new CommandError('Invalid JSON Patch');
    throw error;
  }
  const type = flags.text('override-type');
  if (type === 'json') return applyJsonPatch(structuredClone(object), patch) as KubeObject;
  if (!isJsonObject(patch)) throw new CommandError('Invalid JSON Document');
  if (type === 'strategic') return strategicPatch(object as JsonObject, patch) as KubeObject;
  if (type === 'merge') return mergePatch(object, patch) as KubeObject;
  throw new CommandError(`invalid override type: ${type}`);
}
