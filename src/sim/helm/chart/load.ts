import { isJsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { HelmError, messageOf, wrapped } from '../errors.js';
import { mergeMaps } from '../values/merge.js';
import { type ArchiveFile, readChartArchive } from './archive.js';
import { type Chart, type ChartFile, chartName, type Lock, type Metadata, type Values } from './chart.js';
import { readDependencies, readMetadata, validateMetadata } from './metadata.js';

/** What was said while a chart was read: helm prints it with the time before it. */
export type Warn = (text: string) => void;

/** Puts a chart together from its files, the charts below charts/ included. Throws HelmError in helm's words. */
export function chartOfFiles(files: readonly ChartFile[], warn: Warn = () => {}): Chart {
  const file = (name: string): ChartFile | undefined => files.find((each) => each.name === name);
  const described = file('Chart.yaml');
  let metadata = described && tried('cannot load Chart.yaml', () => readMetadata(decodeText(described.data)));
  if (metadata && !metadata.apiVersion) metadata.apiVersion = 'v1';
  const lockFile = file('Chart.lock') ?? file('requirements.lock');
  const required = file('requirements.yaml');
  if (required) {
    if (metadata?.apiVersion !== 'v1')
      warn(
        'Warning: Dependencies are handled in Chart.yaml since apiVersion "v2". We recommend migrating dependencies to Chart.yaml.',
      );
    metadata = tried('cannot load requirements.yaml', () => readMetadata(decodeText(required.data), metadata));
  }
  const valuesFile = file('values.yaml');
  const values = valuesFile && tried('cannot load values.yaml', () => readValues(decodeText(valuesFile.data)));
  if (!metadata) throw new HelmError('Chart.yaml file is missing');
  validateMetadata(metadata);
  const chart: Chart = {
    metadata,
    lock: lockFile && tried(`cannot load ${lockFile.name}`, () => readLock(decodeText(lockFile.data))),
    templates: files.filter(({ name }) => name.startsWith('templates/')),
    values,
    schema: file('values.schema.json'),
    files: otherFiles(files, metadata),
    raw: files,
    modified: described?.modified ?? 0,
    dependencies: [],
  };
  chart.dependencies = chartsBelow(chart, files, warn);
  return chart;
}

function tried<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw wrapped(what, error);
  }
}

function otherFiles(files: readonly ChartFile[], { apiVersion }: Metadata): ChartFile[] {
  const own = new Set(['Chart.yaml', 'Chart.lock', 'values.yaml', 'values.schema.json']);
  if (apiVersion !== 'v1') for (const name of ['requirements.yaml', 'requirements.lock']) own.add(name);
  return files.filter(
    ({ name }) =>
      !own.has(name) && !name.startsWith('templates/') && (!name.startsWith('charts/') || name.endsWith('.prov')),
  );
}

/** Archives and directories below charts/; what begins with a dot or an underscore is none. */
function chartsBelow(parent: Chart, files: readonly ChartFile[], warn: Warn): Chart[] {
  const groups = new Map<string, ChartFile[]>();
  for (const file of files) {
    if (!file.name.startsWith('charts/') || file.name.endsWith('.prov')) continue;
    const path = file.name.slice('charts/'.length);
    const name = path.split('/')[0] as string;
    groups.set(name, [...(groups.get(name) ?? []), { ...file, name: path }]);
  }
  const charts: Chart[] = [];
  for (const [name, group] of groups) {
    if (/^[_.]/.test(name)) continue;
    try {
      if (name.endsWith('.tgz')) charts.push(chartOfArchive((group[0] as ChartFile).data, warn));
      else {
        const own = group
          .filter((file) => file.name.includes('/'))
          .map((file) => ({ ...file, name: file.name.slice(file.name.indexOf('/') + 1) }));
        charts.push(chartOfFiles(own, warn));
      }
    } catch (error) {
      throw new HelmError(`error unpacking subchart ${name} in ${chartName(parent)}: ${messageOf(error)}`);
    }
  }
  return charts;
}

/** A packed chart. Throws HelmError. */
export function chartOfArchive(bytes: Uint8Array, warn: Warn = () => {}): Chart {
  return chartOfFiles(readChartArchive(bytes).map(withoutMark), warn);
}

/** Files without a byte order mark. */
export function withoutMark(file: ArchiveFile): ChartFile {
  const { data } = file;
  const marked = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
  return marked ? { ...file, data: data.subarray(3) } : file;
}

/** A file of values; several documents in it are merged. Throws YamlError or HelmError. */
export function readValues(text: string): Values {
  let values: Values = {};
  for (const document of text.split(/^---(?:[ \t].*)?$\n?/m)) {
    const value = readYaml(document);
    if (value === null) continue;
    if (!isJsonObject(value)) {
      const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
      throw new HelmError(
        `cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${is} into Go value of type map[string]interface {}`,
      );
    }
    values = mergeMaps(values, value);
  }
  return values;
}

function readLock(text: string): Lock {
  const value = readYaml(text);
  const fields = isJsonObject(value) ? value : {};
  return {
    generated: String(fields['generated'] ?? '0001-01-01T00:00:00Z'),
    digest: String(fields['digest'] ?? ''),
    dependencies: readDependencies(fields['dependencies']),
  };
}
