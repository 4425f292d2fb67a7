import { buildKind } from './build.js';

/** scheduling.k8s.io/v1 PriorityClass. */
export const PRIORITY_CLASS = buildKind({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  namespaced: false,
  shortNames: ['pc'],
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
});
