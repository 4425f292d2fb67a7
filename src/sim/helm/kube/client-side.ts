import type { JsonObject, KubeObject } from '../../api/object.js';
import { createMergePatch, threeWayMergePatch } from '../../api/patch/merge-patch.js';
import { threeWayPatch } from '../../api/patch/strategic-diff.js';
import { isBuiltIn } from '../../kubectl/resource/built-in.js';

/** A patch and the type of its body. */
export interface ClientSidePatch {
  readonly type: string;
  readonly patch: JsonObject;
}

/**
 * The patch of client-side apply: three-way for kinds whose Go types helm has; custom ones go from the last manifest to
 * the new one, whatever the cluster has, unless all are to go three-way.
 */
export function clientSidePatch(
  original: KubeObject,
  target: KubeObject,
  current: KubeObject | undefined,
  threeWayForAll: boolean,
): ClientSidePatch {
  const [old, next, live] = [original, target, current ?? {}] as unknown as [JsonObject, JsonObject, JsonObject];
  const group = target.apiVersion.includes('/') ? (target.apiVersion.split('/')[0] as string) : '';
  if (isBuiltIn({ group }))
    return { type: 'application/strategic-merge-patch+json', patch: threeWayPatch(old, next, live) };
  const patch = threeWayForAll ? threeWayMergePatch(old, next, live) : createMergePatch(old, next);
  return { type: 'application/merge-patch+json', patch };
}
