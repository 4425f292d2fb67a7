import { buildKind } from './build.js';

/** apps/v1 Deployment. */
export const DEPLOYMENT = buildKind({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  namespaced: true,
  shortNames: ['deploy'],
  categories: ['all'],
  hasStatus: true,
  counted: true,
  subresources: ['scale'],
});
