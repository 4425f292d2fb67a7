import type { Micros } from '../../kernel/time.js';

/** Values of a chart: what YAML holds. Whole numbers from `--set` are bigint, as Go has them as int64. */
export type Values = { [key: string]: unknown };

/** A file of a chart, by its path in it. */
export interface ChartFile {
  readonly name: string;
  readonly data: Uint8Array;
  readonly modified: Micros;
}

/** A chart that another one wants, as Chart.yaml has it. */
export interface Dependency {
  name: string;
  version?: string | undefined;
  repository?: string | undefined;
  condition?: string | undefined;
  tags?: readonly string[] | undefined;
  enabled?: boolean | undefined;
  'import-values'?: readonly unknown[] | undefined;
  alias?: string | undefined;
}

/** Chart.yaml, its fields in helm's order; what is empty is not there. */
export interface Metadata {
  name?: string;
  home?: string;
  sources?: string[];
  version?: string;
  description?: string;
  keywords?: string[];
  maintainers?: { name?: string; email?: string; url?: string }[];
  icon?: string;
  apiVersion?: string;
  condition?: string;
  tags?: string;
  appVersion?: string;
  deprecated?: boolean;
  annotations?: { [key: string]: string };
  kubeVersion?: string;
  dependencies?: Dependency[];
  type?: string;
}

/** Chart.lock. */
export interface Lock {
  generated: string;
  digest: string;
  dependencies: Dependency[];
}

/** A chart as it was read from a directory or an archive. Rendering works on a copy (`copyChart`). */
export interface Chart {
  metadata: Metadata;
  lock?: Lock | undefined;
  readonly templates: readonly ChartFile[];
  values: Values | undefined;
  readonly schema?: ChartFile | undefined;
  readonly files: readonly ChartFile[];
  /** Every file as it was read. */
  readonly raw: readonly ChartFile[];
  readonly modified: Micros;
  dependencies: Chart[];
}

/** A custom resource definition of a chart: `file` is its path in it, `path` that below the top chart's name. */
export interface Crd {
  readonly file: ChartFile;
  readonly path: string;
}

export function chartName({ metadata }: Chart): string {
  return metadata.name ?? '';
}

/** The files below crds/ of a chart and of the charts in it. */
export function crdsOf(chart: Chart, prefix = ''): Crd[] {
  const own = `${prefix}${chartName(chart)}`;
  return [
    ...chart.files
      .filter(({ name }) => name.startsWith('crds/') && /\.(?:ya?ml|json)$/i.test(name))
      .map((file) => ({ file, path: `${own}/${file.name}` })),
    ...chart.dependencies.flatMap((each) => crdsOf(each, `${own}/charts/`)),
  ];
}
