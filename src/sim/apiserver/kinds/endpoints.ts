import { buildKind } from './build.js';

/** core/v1 Endpoints. */
export const ENDPOINTS = buildKind({
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  namespaced: true,
  shortNames: ['ep'],
  storagePrefix: 'services/endpoints',
  createOnUpdate: true,
});
