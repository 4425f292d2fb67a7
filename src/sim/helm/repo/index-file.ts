import { isJsonObject } from '../../api/object.js';
import { printYaml } from '../../api/yaml/print.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import type { Metadata } from '../chart/chart.js';
import { fileError } from '../chart/load-path.js';
import { HelmError, messageOf } from '../errors.js';
import { sortedKeys } from '../output.js';
import { Constraint } from '../semver/constraint.js';
import { compareVersions, parseVersion } from '../semver/version.js';

/** One version of a chart in a repository. */
export interface ChartVersion {
  readonly metadata: Metadata;
  readonly urls: readonly string[];
  readonly created: string;
  readonly digest: string;
}

/** What a repository offers: versions by the chart's name, newest first. */
export type RepoIndex = ReadonlyMap<string, readonly ChartVersion[]>;

/** Reads an index.yaml. Throws HelmError in helm's words. */
export function readIndex(text: string): RepoIndex {
  if (text === '') throw new HelmError('empty index.yaml file');
  const value = readYaml(text);
  if (!isJsonObject(value)) {
    const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw new HelmError(
      `error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${is} into Go value of type repo.IndexFile`,
    );
  }
  if (!value['apiVersion']) throw new HelmError('no API version specified');
  const entries = isJsonObject(value['entries']) ? value['entries'] : {};
  return new Map(
    Object.entries(entries).map(([name, versions]) => [
      name,
      (Array.isArray(versions) ? (versions as unknown[]) : []).filter(isJsonObject).map(versionOf).sort(newestFirst),
    ]),
  );
}

/** Reads the index that was kept of a repository. Throws HelmError. */
export function loadIndex(sys: Sys, path: string): RepoIndex {
  let text: string;
  try {
    text = decodeText(sys.readFile(path));
  } catch (error) {
    throw fileError('open', path, error);
  }
  try {
    return readIndex(text);
  } catch (error) {
    throw new HelmError(`error loading ${path}: ${messageOf(error)}`);
  }
}

function versionOf(fields: Readonly<Record<string, unknown>>): ChartVersion {
  const { urls, created, digest, ...metadata } = fields;
  return {
    metadata: metadata as Metadata,
    urls: Array.isArray(urls) ? urls.map(String) : [],
    created: typeof created === 'string' ? created : '',
    digest: typeof digest === 'string' ? digest : '',
  };
}

/** Newest first; what is no version comes last. */
export function newestFirst(a: ChartVersion, b: ChartVersion): number {
  const [left, right] = [parseVersion(a.metadata.version ?? ''), parseVersion(b.metadata.version ?? '')];
  if (!left || !right) return left ? -1 : right ? 1 : 0;
  return compareVersions(right, left);
}

/** The text of an index. */
export function indexYaml(index: RepoIndex, generated: string): string {
  return printYaml(sortedKeys(indexValue(index, generated)));
}

/** The same as a value, fields in the order that its JSON has. */
export function indexValue(index: RepoIndex, generated: string): object {
  const entries = [...index].map(
    ([name, versions]) => [name, [...versions].sort(newestFirst).map(versionValue)] as const,
  );
  return { apiVersion: 'v1', generated, entries: Object.fromEntries(entries) };
}

function versionValue({ metadata, urls, created, digest }: ChartVersion): object {
  return { ...metadata, urls, created, ...(digest === '' ? {} : { digest }) };
}

/**
 * The version of a chart that fits: the exact one, or the newest that a constraint allows. `warn` hears when a version
 * was asked for exactly and only a near one is there. Throws HelmError.
 */
export function findVersion(
  index: RepoIndex,
  name: string,
  version: string,
  warn: (message: string, attributes: Readonly<Record<string, string>>) => void = () => {},
): ChartVersion {
  const versions = index.get(name);
  if (!versions) throw new HelmError('no chart name found');
  if (versions.length === 0) throw new HelmError('no chart version found');
  const constraint = new Constraint(version || '*');
  const exact = version === '' ? undefined : versions.find(({ metadata }) => metadata.version === version);
  if (exact) return exact;
  const near = versions.find(({ metadata }) => {
    const each = parseVersion(metadata.version ?? '');
    return each !== undefined && constraint.check(each);
  });
  if (!near) throw new HelmError(`no chart version found for ${name}-${version}`);
  if (version !== '' && !isRange(version))
    warn('unable to find exact version requested; falling back to closest available version', {
      chart: name,
      requested: version,
      selected: near.metadata.version ?? '',
    });
  return near;
}

function isRange(version: string): boolean {
  return /[\^~<>=!*]|\|\|| - /.test(version) || /[xX]/.test(version.replace(/[-+].*$/, ''));
}
