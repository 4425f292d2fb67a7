import { type ChartVersion, chartOfFiles, digestOf, indexYaml, packChart } from '../../../helm/charts.js';
import { encodeText } from '../../../kernel/bytes.js';
import type { Micros } from '../../../kernel/time.js';

/** One version of a chart that a repository offers: its files by their paths, made when somebody asks. */
export interface OfferedChart {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
  readonly description: string;
  /** When it was published: `2025-03-01`. */
  readonly published: string;
  readonly files: () => Readonly<Record<string, string>>;
  readonly keywords?: readonly string[];
  readonly home?: string;
  readonly deprecated?: boolean;
}

/** A repository of charts: where it is, and what it offers. */
export interface ChartRepository {
  /** `https://charts.example.com/stable`. */
  readonly url: string;
  readonly charts: readonly OfferedChart[];
}

/** A packed chart, kept once it was made. */
const packed = new WeakMap<OfferedChart, Uint8Array>();

function archiveOf(offered: OfferedChart): Uint8Array {
  const before = packed.get(offered);
  if (before) return before;
  const modified = publishedAt(offered);
  const files = Object.entries(offered.files()).map(([name, text]) => ({ name, data: encodeText(text), modified }));
  const bytes = packChart(chartOfFiles(files), modified);
  packed.set(offered, bytes);
  return bytes;
}

function publishedAt({ published }: OfferedChart): Micros {
  return Date.parse(`${published}T08:00:00Z`) * 1000;
}

/** What stands behind a path below the repository's address; undefined when nothing does. */
export function repositoryFileOf(repository: ChartRepository, path: string): Uint8Array | string | undefined {
  if (path === 'index.yaml') return indexOf(repository);
  const chart = repository.charts.find(({ name, version }) => path === `${name}-${version}.tgz`);
  return chart && archiveOf(chart);
}

const indexes = new WeakMap<ChartRepository, string>();

function indexOf(repository: ChartRepository): string {
  const before = indexes.get(repository);
  if (before !== undefined) return before;
  const entries = new Map<string, ChartVersion[]>();
  for (const chart of repository.charts) entries.set(chart.name, [...(entries.get(chart.name) ?? []), entryOf(chart)]);
  const newest =
    repository.charts
      .map(({ published }) => published)
      .sort()
      .at(-1) ?? '2025-01-01';
  const text = indexYaml(new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1))), `${newest}T08:00:00Z`);
  indexes.set(repository, text);
  return text;
}

function entryOf(chart: OfferedChart): ChartVersion {
  const { name, version, appVersion, description, published, keywords, home, deprecated } = chart;
  const metadata = {
    apiVersion: 'v2',
    appVersion,
    description,
    ...(deprecated ? { deprecated } : {}),
    ...(home ? { home } : {}),
    ...(keywords ? { keywords: [...keywords] } : {}),
    name,
    type: 'application',
    version,
  };
  return {
    metadata,
    urls: [`${name}-${version}.tgz`],
    created: `${published}T08:00:00Z`,
    digest: digestOf(archiveOf(chart)),
  };
}

/** Chart.yaml of an offered chart. */
export function chartYaml(chart: Omit<OfferedChart, 'files'>, more = ''): string {
  const keywords = chart.keywords ? `keywords: [${chart.keywords.join(', ')}]\n` : '';
  return `apiVersion: v2
name: ${chart.name}
version: ${chart.version}
appVersion: "${chart.appVersion}"
description: ${chart.description}
type: application
${chart.home ? `home: ${chart.home}\n` : ''}${chart.deprecated ? 'deprecated: true\n' : ''}${keywords}${more}`;
}
