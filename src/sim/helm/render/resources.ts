import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Chart, chartName, crdsOf, type Values } from '../chart/chart.js';
import { HelmError } from '../errors.js';
import type { Hook } from '../release/release.js';
import type { HelmRun } from '../run.js';
import { isCompatible } from '../semver/compatible.js';
import type { Capabilities } from './capabilities.js';
import { INSTALL_ORDER } from './kind-order.js';
import { type Manifest, type SortedManifests, sortManifests } from './manifests.js';
import { renderChart } from './render-chart.js';
import type { ReleaseFacts } from './tops.js';

/** How a chart becomes a release's manifest. */
export interface ResourcePlan {
  readonly chart: Chart;
  readonly values: Values;
  readonly facts: ReleaseFacts;
  readonly capabilities: Capabilities;
  readonly asksCluster: boolean;
  /** Notes of the charts below count too. */
  readonly subNotes: boolean;
  readonly includeCrds: boolean;
  readonly hideSecrets: boolean;
  /** Where manifests go instead of into the release (`--output-dir`). */
  readonly write?: (path: string, content: string) => Waiting<void>;
}

export interface RenderedResources {
  readonly hooks: Hook[];
  readonly manifest: string;
  readonly notes: string;
}

/** Rendered templates could not be read; what was rendered comes along. */
export class RenderedBadly extends HelmError {
  constructor(
    message: string,
    readonly manifest: string,
  ) {
    super(message);
  }
}

/** Renders a chart and sorts what comes out (renderResources). Throws HelmError, RenderedBadly. */
export function* renderResources(run: HelmRun, plan: ResourcePlan): Waiting<RenderedResources> {
  const { chart, capabilities } = plan;
  const wanted = chart.metadata.kubeVersion ?? '';
  const { version } = capabilities.kubeVersion;
  if (wanted !== '' && !isCompatible(wanted, version))
    throw new HelmError(`chart requires kubeVersion: ${wanted} which is incompatible with Kubernetes ${version}`);
  const files = yield* renderChart(run, plan);
  const notes = takeNotes(files, chart, plan.subNotes);
  const sorted = sortedOrBad(run, files);
  const parts: string[] = [];
  const add = function* (path: string, content: string): Waiting<void> {
    if (plan.write) yield* plan.write(path, content);
    else parts.push(`---\n# Source: ${path}\n${content}\n`);
  };
  if (plan.includeCrds) for (const { path, file } of crdsOf(chart)) yield* add(path, decodeText(file.data));
  for (const manifest of sorted.manifests) yield* add(manifest.path, shown(manifest, plan));
  return { hooks: sorted.hooks, manifest: parts.join(''), notes };
}

function shown({ kind, apiVersion, content }: Manifest, { hideSecrets, write }: ResourcePlan): string {
  const hidden = hideSecrets && !write && kind === 'Secret' && apiVersion === 'v1';
  return hidden ? '# HIDDEN: The Secret output has been suppressed' : content;
}

function sortedOrBad(run: HelmRun, files: ReadonlyMap<string, string>): SortedManifests {
  try {
    return sortManifests(files, INSTALL_ORDER, (hookTypes) => run.log('INFO', 'skipping unknown hooks', { hookTypes }));
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const text = [...files]
      .filter(([, content]) => content.trim() !== '')
      .map(([path, content]) => `---\n# Source: ${path}\n${content}\n`);
    throw new RenderedBadly(error.message, text.join(''));
  }
}

/** Takes NOTES.txt out of what was rendered. */
function takeNotes(files: Map<string, string>, chart: Chart, subNotes: boolean): string {
  const own = `${chartName(chart)}/templates/NOTES.txt`;
  const notes: string[] = [];
  for (const [path, text] of [...files]) {
    if (!path.endsWith('NOTES.txt')) continue;
    if (subNotes || path === own) notes.push(text);
    files.delete(path);
  }
  return notes.filter((text, at) => at === 0 || text !== '').join('\n');
}
