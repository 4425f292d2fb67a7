import { buildKind } from './build.js';

/** policy/v1 PodDisruptionBudget. */
export const POD_DISRUPTION_BUDGET = buildKind({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  namespaced: true,
  shortNames: ['pdb'],
  hasStatus: true,
  counted: true,
  unconditionalUpdate: false,
});
