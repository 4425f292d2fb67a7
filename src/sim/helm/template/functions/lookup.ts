import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { RenderRequest } from '../render-request.js';

/** Helm's functions that ask the world: for objects of the cluster, and for addresses of names, which it does not tell. */
export function lookupFunctions({ hooks, lint }: RenderRequest): FunctionTable {
  return {
    getHostByName: goFunction('(string) string', () => ''),
    lookup: goFunction(
      '(string, string, string, string) map[string]any',
      (apiVersion: string, kind: string, namespace: string, name: string) =>
        (lint ? undefined : hooks.lookup?.(apiVersion, kind, namespace, name)) ?? {},
    ),
  };
}
