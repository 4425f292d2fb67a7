import { printYaml } from '../../api/yaml/print.js';
import { encodeText } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';
import { HelmError } from '../errors.js';
import { writeChartArchive } from './archive.js';
import { type Chart, type ChartFile, chartName } from './chart.js';
import { lockYaml } from './lock.js';

/** The name of a chart's archive: `web-1.2.3.tgz`. */
export function archiveName(chart: Chart): string {
  return `${chartName(chart)}-${chart.metadata.version}.tgz`;
}

/** A chart as an archive (`helm package`); `now` is the instant of files that have none. Throws HelmError. */
export function packChart(chart: Chart, now: Micros): Uint8Array {
  return writeChartArchive(archiveFiles(chart, '', now));
}

function archiveFiles(chart: Chart, prefix: string, now: Micros): ChartFile[] {
  const base = `${prefix}${chartName(chart)}`;
  const { metadata, lock, schema } = chart;
  const isV1 = metadata.apiVersion === 'v1';
  const { dependencies: _, ...plain } = metadata;
  const file = (name: string, data: Uint8Array, modified = now): ChartFile => ({
    name: `${base}/${name}`,
    data,
    modified: modified || now,
  });
  if (schema) checkJson(schema);
  const values = chart.raw.find(({ name }) => name === 'values.yaml');
  return [
    file('Chart.yaml', encodeText(printYaml(isV1 ? plain : metadata)), chart.modified),
    ...(lock && !isV1 ? [file('Chart.lock', encodeText(lockYaml(lock)))] : []),
    ...[values, schema, ...chart.templates, ...chart.files].flatMap((each) =>
      each ? [file(each.name, each.data, each.modified)] : [],
    ),
    ...chart.dependencies.flatMap((each) => archiveFiles(each, `${base}/charts/`, now)),
  ];
}

function checkJson({ data }: ChartFile): void {
  try {
    JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    throw new HelmError('invalid JSON in values.schema.json');
  }
}
