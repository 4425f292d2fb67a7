import { goQuote } from '../../api/go-text.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Chart, chartName, type Dependency } from '../chart/chart.js';
import { loadArchive, loadChart } from '../chart/load-path.js';
import { namesIn } from '../chart/names-in.js';
import type { HelmCommand } from '../command.js';
import { rethrowFault } from '../errors.js';
import { alignRows } from '../output.js';
import { buildDependencies, updateDependencies } from '../repo/manager.js';
import { cleanPath } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { Constraint } from '../semver/constraint.js';
import { isStrictVersion, parseVersion } from '../semver/version.js';

const FLAGS =
  'verify:b keyring:s skip-refresh:b username:s password:s cert-file:s key-file:s insecure-skip-tls-verify:b plain-http:b ca-file:s';

const build: HelmCommand = {
  name: 'build',
  short: 'rebuild the charts/ directory based on the Chart.lock file',
  usage: 'CHART',
  flags: FLAGS,
  arity: { most: 1 },
  run: (run, [path = '.']) => buildDependencies(run, cleanPath(path)),
};

const update: HelmCommand = {
  name: 'update',
  aliases: ['up'],
  short: 'update charts/ based on the contents of Chart.yaml',
  usage: 'CHART',
  flags: FLAGS,
  arity: { most: 1 },
  run: (run, [path = '.']) => updateDependencies(run, cleanPath(path)),
};

const list: HelmCommand = {
  name: 'list',
  aliases: ['ls'],
  short: 'list the dependencies for the given chart',
  usage: 'CHART',
  flags: 'max-col-width:i=80',
  arity: { most: 1 },
  run: (run, [path = '.']) => listDependencies(run, cleanPath(path)),
};

function* listDependencies(run: HelmRun, path: string): Waiting<void> {
  const chart = loadChart(run.sys, path);
  const wanted = chart.metadata.dependencies;
  if (!wanted) return yield* run.out(`WARNING: no dependencies at ${cleanPath(`${path}/charts`)}\n`);
  const rows = wanted.map((each) => [
    each.name,
    each.version ?? '',
    each.repository ?? '',
    statusOf(run, path, each, chart),
  ]);
  const table = alignRows([['NAME', 'VERSION', 'REPOSITORY', 'STATUS'], ...rows], run.flags.number('max-col-width'));
  yield* run.out(`${table}\n\n`);
  for (const name of namesIn(run.sys, `${path}/charts`)) {
    const file = `${path}/charts/${name}`;
    if (run.sys.stat(file).type !== 'directory' && !name.endsWith('.tgz')) continue;
    let found: Chart;
    try {
      found = loadChart(run.sys, file);
    } catch (error) {
      rethrowFault(error);
      yield* run.out(`WARNING: ${goQuote(file)} is not a chart.\n`);
      continue;
    }
    if (!wanted.some((each) => each.name === chartName(found)))
      yield* run.out(`WARNING: ${goQuote(file)} is not in Chart.yaml.\n`);
  }
}

/** How a chart that is wanted stands below charts/. */
function statusOf(run: HelmRun, path: string, wanted: Dependency, parent: Chart): string {
  const own = namesIn(run.sys, `${path}/charts`).filter(
    (name) => name.startsWith(`${wanted.name}-`) && name.endsWith('.tgz'),
  );
  const archives = own.length > 1 ? own.filter((name) => isStrictVersion(name.slice(wanted.name.length + 1, -4))) : own;
  if (archives.length > 1) return 'too many matches';
  const [archive] = archives;
  if (archive !== undefined) return archiveStatus(run, `${path}/charts/${archive}`, wanted);
  const unpacked = parent.dependencies.find((each) => chartName(each) === wanted.name);
  if (!unpacked) return 'missing';
  return versionStatus(unpacked, wanted) ?? 'unpacked';
}

function archiveStatus({ sys }: HelmRun, file: string, wanted: Dependency): string {
  let chart: Chart;
  try {
    chart = loadArchive(sys, file);
  } catch (error) {
    rethrowFault(error);
    return 'corrupt';
  }
  if (chartName(chart) !== wanted.name) return 'misnamed';
  return versionStatus(chart, wanted) ?? 'ok';
}

function versionStatus({ metadata }: Chart, { version = '' }: Dependency): string | undefined {
  if (metadata.version === version) return undefined;
  const own = parseVersion(metadata.version ?? '');
  try {
    if (!own) return 'invalid version';
    return new Constraint(version).check(own) ? undefined : 'wrong version';
  } catch (error) {
    rethrowFault(error);
    return 'invalid version';
  }
}

/** `helm dependency`. */
export const dependencyCommand: HelmCommand = {
  name: 'dependency',
  aliases: ['dep', 'dependencies'],
  short: "manage a chart's dependencies",
  commands: [build, list, update],
};
