import { deepCopy } from '../../api/object.js';
import type { Chart } from './chart.js';

/** A chart whose metadata, values and charts may be changed; files are shared. */
export function copyChart(chart: Chart): Chart {
  return {
    ...chart,
    metadata: deepCopy(chart.metadata),
    values: deepCopy(chart.values),
    dependencies: chart.dependencies.map(copyChart),
  };
}
