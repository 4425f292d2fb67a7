import { printYaml } from '../../api/yaml/print.js';
import { actionContext } from '../action/context.js';
import type { Chart } from '../chart/chart.js';
import { exactly, type HelmCommand } from '../command.js';
import { sortedKeys, writeAs } from '../output.js';
import type { Release } from '../release/release.js';
import { renderText } from '../render/render-text.js';
import type { HelmRun } from '../run.js';
import { releaseContent } from '../told/release-content.js';
import { statusText } from '../told/status-text.js';
import { coalesceValues } from '../values/coalesce.js';

const OUTPUT = 'o/output:s=table';

const all: HelmCommand = {
  name: 'all',
  short: 'download all information for a named release',
  usage: 'RELEASE_NAME',
  flags: 'revision:i=0 template:s',
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    const template = run.flags.text('template');
    if (template !== '') return yield* run.out(renderText(run, 'gotpl', template, { Release: goFields(release) }));
    yield* run.out(statusText(run, release, { debug: true, metadata: true }));
  },
};

/** A release under the names of Go's fields. */
function goFields(release: Release): object {
  const { first_deployed, last_deployed, deleted, description = '', status, notes = '' } = release.info;
  return {
    Name: release.name,
    Namespace: release.namespace,
    Version: release.version,
    Manifest: release.manifest,
    Config: release.config,
    Labels: release.labels,
    ApplyMethod: release.apply_method ?? '',
    Info: {
      FirstDeployed: first_deployed ?? '',
      LastDeployed: last_deployed ?? '',
      Deleted: deleted ?? '',
      Description: description,
      Status: status,
      Notes: notes,
    },
    Chart: {
      Metadata: {
        Name: release.chart.metadata.name ?? '',
        Version: release.chart.metadata.version ?? '',
        AppVersion: release.chart.metadata.appVersion ?? '',
        Description: release.chart.metadata.description ?? '',
      },
      Values: release.chart.values ?? {},
    },
  };
}

const hooks: HelmCommand = {
  name: 'hooks',
  short: 'download all hooks for a named release',
  usage: 'RELEASE_NAME',
  flags: 'revision:i=0',
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    for (const { path, manifest: text } of release.hooks) yield* run.out(`---\n# Source: ${path}\n${text}\n`);
  },
};

const manifest: HelmCommand = {
  name: 'manifest',
  short: 'download the manifest for a named release',
  usage: 'RELEASE_NAME',
  flags: 'revision:i=0',
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    yield* run.out(`${release.manifest}\n`);
  },
};

const metadata: HelmCommand = {
  name: 'metadata',
  short: 'This command fetches metadata for a given release',
  usage: 'RELEASE_NAME',
  flags: `revision:i=0 ${OUTPUT}`,
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    const facts = metadataOf(release);
    yield* writeAs(run, facts, () => metadataText(release));
  },
};

function metadataOf({ name, chart, labels, namespace, version, info, apply_method }: Release): object {
  const {
    name: chartName = '',
    version: chartVersion = '',
    appVersion = '',
    annotations,
    dependencies,
  } = chart.metadata;
  return {
    name,
    chart: chartName,
    version: chartVersion,
    appVersion,
    ...(annotations ? { annotations } : {}),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(dependencies ? { dependencies } : {}),
    namespace,
    revision: version,
    status: info.status,
    deployedAt: deployedAt(info.last_deployed),
    ...(apply_method ? { applyMethod: apply_method } : {}),
  };
}

function deployedAt(text = '0001-01-01T00:00:00Z'): string {
  return text.replace(/\.\d+/, '');
}

const METHODS: Readonly<Record<string, string>> = {
  '': 'client-side apply (defaulted)',
  csa: 'client-side apply',
  ssa: 'server-side apply',
};

function metadataText(release: Release): string {
  const { chart, labels, info, apply_method = '' } = release;
  const pairs = (map: Readonly<Record<string, string>> = {}): string =>
    Object.entries(map)
      .map(([key, value]) => `${key}=${value}`)
      .sort()
      .join(',');
  const names = (chart.metadata.dependencies ?? []).map(({ name }) => name).sort();
  return [
    `NAME: ${release.name}`,
    `CHART: ${chart.metadata.name ?? ''}`,
    `VERSION: ${chart.metadata.version ?? ''}`,
    `APP_VERSION: ${chart.metadata.appVersion ?? ''}`,
    `ANNOTATIONS: ${pairs(chart.metadata.annotations)}`,
    `LABELS: ${pairs(labels)}`,
    `DEPENDENCIES: ${names.join(',')}`,
    `NAMESPACE: ${release.namespace}`,
    `REVISION: ${release.version}`,
    `STATUS: ${info.status}`,
    `DEPLOYED_AT: ${deployedAt(info.last_deployed)}`,
    `APPLY_METHOD: ${METHODS[apply_method] ?? `unknown (${JSON.stringify(apply_method)})`}`,
    '',
  ].join('\n');
}

const notes: HelmCommand = {
  name: 'notes',
  short: 'download the notes for a named release',
  usage: 'RELEASE_NAME',
  flags: 'revision:i=0',
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    if (release.info.notes) yield* run.out(`NOTES:\n${release.info.notes}\n`);
  },
};

const values: HelmCommand = {
  name: 'values',
  short: 'download the values file for a named release',
  usage: 'RELEASE_NAME',
  flags: `revision:i=0 a/all:b ${OUTPUT}`,
  arity: exactly(1),
  *run(run, [name = '']) {
    const release = yield* releaseContent(actionContext(run), name);
    const shown = run.flags.bool('all') ? computed(run, release) : configOf(release);
    const title = run.flags.bool('all') ? 'COMPUTED VALUES:' : 'USER-SUPPLIED VALUES:';
    yield* writeAs(run, sortedKeys(shown), () => `${title}\n${printYaml(shown)}`);
  },
};

/** Values that nobody gave are null, as helm stores them. */
function configOf({ config }: Release): unknown {
  return Object.keys(config).length === 0 ? null : config;
}

function computed(run: HelmRun, { chart, config }: Release): unknown {
  return coalesceValues({ ...(chart as Chart), dependencies: [] }, config, run.notes.log);
}

/** `helm get`. */
export const getCommand: HelmCommand = {
  name: 'get',
  short: 'download extended information of a named release',
  commands: [all, hooks, manifest, metadata, notes, values],
};
