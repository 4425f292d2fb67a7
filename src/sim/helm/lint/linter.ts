import { goQuote } from '../../api/go-text.js';
import { dns1035Label, dns1123Label, dns1123Subdomain, pathSegmentName } from '../../api/names.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readManifests } from '../../api/yaml/manifests.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Chart, chartName, crdsOf, type Values } from '../chart/chart.js';
import { copyChart } from '../chart/copy.js';
import { readValues } from '../chart/load.js';
import { loadDirectory } from '../chart/load-path.js';
import { messageOf } from '../errors.js';
import { schemaProblem } from '../json-schema/validate.js';
import { localCapabilities } from '../render/capabilities.js';
import { yamlToJsonText } from '../render/manifests.js';
import { renderChart } from '../render/render-chart.js';
import type { HelmRun } from '../run.js';
import { coalesceTables, coalesceValues } from '../values/coalesce.js';
import { processDependencies } from '../values/dependencies.js';
import { schemaProblems } from '../values/schema.js';
import { lintChartFile } from './chart-file.js';

export type Severity = 'INFO' | 'WARNING' | 'ERROR';

/** One thing that lint has to say. */
export interface Finding {
  readonly severity: Severity;
  readonly path: string;
  readonly text: string;
}

/** How a chart is looked at. */
export interface LintPlan {
  readonly values: Values;
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly skipSchemas: boolean;
}

/** All that is to be said of the chart in a directory, in the order of helm's rules. */
export function* lintChart(run: HelmRun, folder: string, plan: LintPlan): Waiting<Finding[]> {
  const findings: Finding[] = [];
  const add = (severity: Severity, path: string, text: string | undefined): boolean => {
    if (text !== undefined) findings.push({ severity, path, text });
    return text === undefined;
  };
  lintChartFile(run.sys, folder, add);
  lintValues(run, folder, plan, add);
  yield* lintTemplates(run, folder, plan, add);
  lintCharts(run, folder, add);
  lintCrds(run, folder, add);
  return findings;
}

/** Notes a finding, unless there is no text; whether there was none. */
export type Add = (severity: Severity, path: string, text: string | undefined) => boolean;

function lintValues({ sys, notes }: HelmRun, folder: string, plan: LintPlan, add: Add): void {
  const path = `${folder}/values.yaml`;
  if (!add('INFO', 'values.yaml', exists(sys, path) ? undefined : 'file does not exist')) return;
  let values: Values;
  try {
    values = readValues(decodeText(sys.readFile(path)));
  } catch (error) {
    add('ERROR', 'values.yaml', `unable to parse YAML: ${yamlToJsonText(error)}`);
    return;
  }
  const schema = `${folder}/values.schema.json`;
  if (plan.skipSchemas || !exists(sys, schema)) return;
  const all = coalesceTables({ ...plan.values }, values, '', false, notes.log);
  add('ERROR', 'values.yaml', schemaProblem(decodeText(sys.readFile(schema)), all));
}

function* lintTemplates(run: HelmRun, folder: string, plan: LintPlan, add: Add): Waiting<void> {
  const where = 'templates/';
  const path = `${folder}/templates`;
  if (!add('WARNING', where, exists(run.sys, path) ? undefined : 'directory does not exist')) return;
  if (!add('ERROR', where, run.sys.stat(path).type === 'directory' ? undefined : 'not a directory')) return;
  const loaded = loadOr(run, folder);
  if (typeof loaded === 'string') {
    add('ERROR', where, loaded);
    return;
  }
  const chart = copyChart(loaded);
  processDependencies(chart, plan.values, run.notes);
  const values = coalesceValues(chart, plan.values, run.notes.log);
  const problems = plan.skipSchemas ? '' : schemaProblems(chart, values);
  if (problems !== '') {
    add(
      'ERROR',
      where,
      `values don't meet the specifications of the schema(s) in the following chart(s):\n${problems}`,
    );
    return;
  }
  let rendered: ReadonlyMap<string, string>;
  try {
    rendered = yield* renderChart(run, {
      chart,
      values,
      facts: { name: 'test-release', namespace: plan.namespace, revision: 0, isInstall: false, isUpgrade: false },
      capabilities: localCapabilities(plan.kubeVersion, []),
      asksCluster: false,
      lint: true,
    });
  } catch (error) {
    add('ERROR', where, messageOf(error));
    return;
  }
  for (const { name } of chart.templates) {
    const extension = /\.[^./]*$/.exec(name)?.[0] ?? '';
    if (!['.yaml', '.yml', '.tpl', '.txt'].includes(extension))
      add('ERROR', name, `file extension '${extension}' not valid. Valid extensions are .yaml, .yml, .tpl, or .txt`);
    if (!/^\.ya?ml$/i.test(extension)) continue;
    const text = rendered.get(`${chartName(chart)}/${name}`) ?? '';
    if (text.trim() !== '' && !lintManifest(name, text, add)) return;
  }
}

function loadOr({ sys }: HelmRun, folder: string): Chart | string {
  try {
    return loadDirectory(sys, folder);
  } catch (error) {
    return messageOf(error);
  }
}

/** Looks at what a template became; false when it is no YAML, after which helm looks no further. */
function lintManifest(name: string, text: string, add: Add): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  if (/^[ \t]/.test(first))
    add('WARNING', name, `document starts with an illegal indent: ${goQuote(first)}, which may cause parsing problems`);
  const { documents, error } = readManifests(text);
  for (const { value } of documents) {
    if (!isJsonObject(value)) continue;
    add('WARNING', name, nameProblem(value));
    add('ERROR', name, selectorProblem(value, text));
    add('ERROR', name, listProblem(value));
  }
  return add('ERROR', name, error === undefined ? undefined : `unable to parse YAML: ${wholeYamlError(text, error)}`);
}

/** The decoder of streams says of YAML that it could not be made JSON. */
function wholeYamlError(text: string, error: string): string {
  try {
    readYaml(text);
    return error;
  } catch (thrown) {
    return yamlToJsonText(thrown);
  }
}

function nameOf(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  return typeof metadata['name'] === 'string' ? metadata['name'] : '';
}

function nameProblem(object: JsonObject): string | undefined {
  const name = nameOf(object);
  const kind = String(object['kind'] ?? '').toLowerCase();
  const rule =
    kind === 'service'
      ? dns1035Label
      : kind === 'namespace'
        ? dns1123Label
        : ['role', 'clusterrole', 'rolebinding', 'clusterrolebinding'].includes(kind)
          ? pathSegmentName
          : kind === 'certificatesigningrequest'
            ? () => []
            : dns1123Subdomain;
  const problems = rule(name).map((text) => `metadata.name: Invalid value: ${goQuote(name)}: ${text}`);
  if (problems.length === 0) return undefined;
  const list = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  return `object name does not conform to Kubernetes naming requirements: ${goQuote(name)}: ${list}`;
}

function selectorProblem(object: JsonObject, text: string): string | undefined {
  const kind = String(object['kind'] ?? '');
  if (!['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind)) return undefined;
  if (/matchLabels|matchExpressions/.test(text)) return undefined;
  return `a ${kind} must contain matchLabels or matchExpressions, and ${goQuote(nameOf(object))} does not`;
}

function listProblem(object: JsonObject): string | undefined {
  const items = object['kind'] === 'List' && Array.isArray(object['items']) ? object['items'] : [];
  const kept = items.some((item) => {
    const metadata = isJsonObject(item) && isJsonObject(item['metadata']) ? item['metadata'] : {};
    return isJsonObject(metadata['annotations']) && 'helm.sh/resource-policy' in metadata['annotations'];
  });
  return kept ? "annotation 'helm.sh/resource-policy' within List objects are ignored" : undefined;
}

function lintCharts(run: HelmRun, folder: string, add: Add): void {
  const chart = loadOr(run, folder);
  if (typeof chart === 'string') {
    add('ERROR', '', `unable to load chart\n\t${chart}`);
    return;
  }
  const wanted = chart.metadata.dependencies ?? [];
  const there = chart.dependencies.map(chartName);
  const unasked = there.filter((name) => !wanted.some((each) => each.name === name));
  const missing = wanted.map(({ name }) => name).filter((name) => !there.includes(name));
  const list = (names: readonly string[]): string => names.join(',');
  add(
    'ERROR',
    folder,
    unasked.length === 0 ? undefined : `chart metadata is missing these dependencies: ${list(unasked)}`,
  );
  add(
    'WARNING',
    folder,
    missing.length === 0 ? undefined : `chart directory is missing these dependencies: ${list(missing)}`,
  );
}

function lintCrds(run: HelmRun, folder: string, add: Add): void {
  const path = `${folder}/crds`;
  if (!exists(run.sys, path)) return;
  if (!add('ERROR', 'crds/', run.sys.stat(path).type === 'directory' ? undefined : 'not a directory')) return;
  const chart = loadOr(run, folder);
  if (typeof chart === 'string') {
    add('ERROR', 'crds/', chart);
    return;
  }
  for (const { file } of crdsOf(chart)) {
    const { documents, error } = readManifests(decodeText(file.data));
    for (const { value } of documents) {
      const object = isJsonObject(value) ? value : {};
      const isGroup = String(object['apiVersion'] ?? '').startsWith('apiextensions.k8s.io');
      add('ERROR', file.name, isGroup ? undefined : "apiVersion is not in 'apiextensions.k8s.io'");
      const isKind = object['kind'] === 'CustomResourceDefinition';
      add('ERROR', file.name, isKind ? undefined : "object kind is not 'CustomResourceDefinition'");
    }
    if (!add('ERROR', file.name, error === undefined ? undefined : `unable to parse YAML: ${error}`)) return;
  }
}
