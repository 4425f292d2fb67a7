import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import type { RenderRequest } from '../render-request.js';
import { chanceFunctions } from './chance.js';
import { dateFunctions } from './dates.js';

/** Functions that ask whoever renders: for objects of the cluster, the instant and random bytes. */
export function hookFunctions({ hooks, lint }: RenderRequest): FunctionTable {
  return {
    ...chanceFunctions((count) => hooks.random(count)),
    ...dateFunctions(() => hooks.now()),
    getHostByName: goFunction('(string) string', () => ''),
    lookup: goFunction(
      '(string, string, string, string) map[string]any',
      (apiVersion: string, kind: string, namespace: string, name: string) =>
        (lint ? undefined : hooks.lookup?.(apiVersion, kind, namespace, name)) ?? {},
    ),
  };
}
