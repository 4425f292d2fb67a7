import { KustomizeError } from '../error.js';
import type { Generator } from '../generator.js';

/** `helmCharts`: not without leave, and the hosts of this world could not fetch charts for kustomize. */
export const helmChart: Generator = {
  kind: 'HelmChartInflationGenerator',
  settings: (file) =>
    (file.helmCharts ?? []).map((chart) => ({
      ...file.helmGlobals,
      ...chart,
      ...(chart['namespace'] || !file.namespace ? {} : { namespace: file.namespace }),
    })),
  configure: () => {
    throw new KustomizeError('must specify --enable-helm');
  },
};
