import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { readChartArchive } from '../chart/archive.js';
import { chartName } from '../chart/chart.js';
import { chartOfArchive } from '../chart/load.js';
import type { HelmCommand } from '../command.js';
import { HelmError, messageOf } from '../errors.js';
import { VALUE_FLAGS } from '../flag-table.js';
import { type Finding, type LintPlan, lintChart } from '../lint/linter.js';
import { checkKubeVersion } from '../render/capabilities.js';
import { absolutePath, directoryOf, makeDirectories } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { givenValues } from '../values/options.js';

/** `helm lint`. */
export const lintCommand: HelmCommand = {
  name: 'lint',
  short: 'examine a chart for possible issues',
  usage: 'PATH',
  flags: `strict:b with-subcharts:b quiet:b skip-schema-validation:b kube-version:s ${VALUE_FLAGS}`,
  arity: { least: 1 },
  *run(run, given) {
    const { flags } = run;
    checkKubeVersion(flags.text('kube-version'));
    const paths = flags.bool('with-subcharts') ? given.flatMap((path) => [path, ...chartsBelow(run, path)]) : given;
    const plan: LintPlan = {
      values: yield* givenValues(run),
      namespace: run.namespace(),
      kubeVersion: flags.text('kube-version'),
      skipSchemas: flags.bool('skip-schema-validation'),
    };
    let failed = 0;
    let spoken = false;
    let text = '';
    for (const path of paths) {
      const report = yield* lintPath(run, path, plan);
      if (report.failed) failed += 1;
      spoken ||= report.serious;
      text += report.text;
    }
    yield* run.out(text);
    const summary = `${paths.length} chart(s) linted, ${failed} chart(s) failed`;
    if (failed > 0) throw new HelmError(summary);
    if (!flags.bool('quiet') || spoken) yield* run.out(`${summary}\n`);
  },
};

interface LintReport {
  readonly text: string;
  readonly failed: boolean;
  /** There was more than hints. */
  readonly serious: boolean;
}

function* lintPath(run: HelmRun, path: string, plan: LintPlan): Waiting<LintReport> {
  const { flags } = run;
  const title = `==> Linting ${path}\n`;
  let findings: Finding[];
  try {
    findings = yield* lintChart(run, folderOf(run, path), plan);
  } catch (error) {
    return { text: `${title}Error ${messageOf(error)}\n\n`, failed: true, serious: true };
  }
  const serious = findings.some(({ severity }) => severity !== 'INFO');
  const tolerated = flags.bool('strict') ? ['INFO'] : ['INFO', 'WARNING'];
  const failed = findings.some(({ severity }) => !tolerated.includes(severity));
  if (flags.bool('quiet') && !serious) return { text: '', failed, serious };
  const lines = findings
    .filter(({ severity }) => !flags.bool('quiet') || severity !== 'INFO')
    .map(({ severity, path: where, text }) => `[${severity}] ${where}: ${text}\n`);
  return { text: `${title}${lines.join('')}\n`, failed, serious };
}

/** The chart's directory; an archive is unpacked first. Throws HelmError. */
function folderOf(run: HelmRun, path: string): string {
  const { sys } = run;
  let folder = absolutePath(sys, path);
  if (/\.(?:tgz|tar\.gz)$/.test(path)) {
    if (!exists(sys, path)) throw new HelmError(`unable to open tarball: open ${path}: no such file or directory`);
    const bytes = sys.readFile(path);
    folder = `/tmp/helm-lint${sys.pid}/${chartName(chartOfArchive(bytes))}`;
    for (const { name, data } of readChartArchive(bytes)) {
      makeDirectories(sys, directoryOf(`${folder}/${name}`));
      sys.writeFile(`${folder}/${name}`, data);
    }
  } else if (!exists(sys, `${folder}/Chart.yaml`))
    throw new HelmError(
      `unable to check Chart.yaml file in chart: stat ${path.replace(/\/$/, '')}/Chart.yaml: no such file or directory`,
    );
  return folder;
}

/** Charts and archives below charts/. */
function chartsBelow({ sys }: HelmRun, path: string): string[] {
  const folder = `${path.replace(/\/$/, '')}/charts`;
  if (!exists(sys, folder)) return [];
  return sys
    .readDirectory(folder)
    .map(({ name }) => `${folder}/${name}`)
    .filter((each) => /\.(?:tgz|tar\.gz)$/.test(each) || exists(sys, `${each}/Chart.yaml`))
    .sort();
}
