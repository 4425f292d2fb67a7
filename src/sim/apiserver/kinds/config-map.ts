import { buildKind } from './build.js';

/** core/v1 ConfigMap. */
export const CONFIG_MAP = buildKind({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  shortNames: ['cm'],
});
