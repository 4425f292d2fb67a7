import type { KubeObject } from '../../../api/object.js';

/** Makes an object hold what another one does: those who hold on to it see the change. */
export function replaceObject(target: KubeObject, source: KubeObject): void {
  if (target === source) return;
  for (const field of Object.keys(target)) delete (target as unknown as Record<string, unknown>)[field];
  Object.assign(target, source);
}
