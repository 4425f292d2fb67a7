import type { Waiting } from '../../kernel/wait.js';
import { type Chart, chartName } from '../chart/chart.js';
import { loadChart } from '../chart/load-path.js';
import { HelmError } from '../errors.js';
import { updateDependencies } from '../repo/manager.js';
import type { HelmRun } from '../run.js';

/** Loads the chart at a path, with all charts it wants, which `--dependency-update` may fetch. Throws HelmError. */
export function* requestedChart(run: HelmRun, path: string): Waiting<Chart> {
  const say = (text: string): void => run.say(text);
  const chart = loadChart(run.sys, path, say);
  const type = chart.metadata.type ?? '';
  if (run.path !== 'upgrade' && type !== '' && type !== 'application')
    throw new HelmError(`${type} charts are not installable`);
  if (chart.metadata.deprecated) run.log('WARN', 'this chart is deprecated');
  const problem = missingCharts(chart);
  if (problem === undefined) return chart;
  if (!run.flags.bool('dependency-update'))
    throw new HelmError(
      `an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: ${problem}`,
    );
  yield* updateDependencies(run, path);
  return loadChart(run.sys, path, say);
}

/** Charts that Chart.yaml names and charts/ lacks; undefined when all are there. */
export function missingCharts(chart: Chart): string | undefined {
  const there = new Set(chart.dependencies.map(chartName));
  const missing = (chart.metadata.dependencies ?? []).map(({ name }) => name).filter((name) => !there.has(name));
  return missing.length === 0
    ? undefined
    : `found in Chart.yaml, but missing in charts/ directory: ${missing.join(', ')}`;
}
