import { exists } from '../../kernel/libc/exists.js';
import { digestOf } from '../chart/archive.js';
import { chartName } from '../chart/chart.js';
import { chartOfArchive } from '../chart/load.js';
import { fileError } from '../chart/load-path.js';
import { namesIn } from '../chart/names-in.js';
import { rethrowFault, wrapped } from '../errors.js';
import { structJson } from '../output.js';
import { goInstant } from '../release/encode.js';
import type { HelmRun } from '../run.js';
import { type ChartVersion, indexValue, indexYaml, loadIndex, newestFirst, type RepoIndex } from './index-file.js';
import { absolutePath, cleanPath } from './paths.js';

/** Writes the index.yaml of a directory of archives (`helm repo index`). Throws HelmError. */
export function writeIndexOf(run: HelmRun, folder: string): void {
  const { flags, sys } = run;
  const path = cleanPath(folder);
  const now = goInstant(sys.now());
  const merge = flags.text('merge');
  let index = indexOf(run, path, flags.text('url'), now);
  if (merge !== '') index = merged(index, mergedWith(run, merge, now));
  const target = `${path}/index.yaml`;
  const text = flags.bool('json')
    ? JSON.stringify(JSON.parse(structJson(indexValue(index, now))), null, 2)
    : indexYaml(index, now);
  try {
    sys.writeFile(target, text);
  } catch (error) {
    // It is written beside, under a name that is drawn, and then put in place.
    const drawn = sys
      .random()
      .fork('index')
      .below(2 ** 32);
    throw fileError('open', `${absolutePath(sys, target)}${drawn}`, error);
  }
}

/** The archives of a directory and of those in it. */
function indexOf({ sys }: HelmRun, folder: string, url: string, created: string): RepoIndex {
  const index = new Map<string, ChartVersion[]>();
  const add = (path: string, parent: string): void => {
    const bytes = sys.readFile(path);
    try {
      const chart = chartOfArchive(bytes);
      const file = path.slice(path.lastIndexOf('/') + 1);
      const base = [url.replace(/\/$/, ''), parent].filter((part) => part !== '').join('/');
      const version: ChartVersion = {
        metadata: chart.metadata,
        urls: [base === '' ? file : `${base}/${file}`],
        created,
        digest: digestOf(bytes),
      };
      index.set(chartName(chart), [...(index.get(chartName(chart)) ?? []), version].sort(newestFirst));
    } catch (error) {
      // What is no chart is left out.
      rethrowFault(error);
    }
  };
  for (const name of namesIn(sys, folder)) {
    const path = `${folder}/${name}`;
    const isDirectory = sys.stat(path).type === 'directory';
    if (name.endsWith('.tgz') && !isDirectory) add(path, '');
    if (isDirectory) for (const inner of namesIn(sys, path)) if (inner.endsWith('.tgz')) add(`${path}/${inner}`, name);
  }
  return new Map([...index].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mergedWith(run: HelmRun, path: string, now: string): RepoIndex {
  if (!exists(run.sys, path)) {
    run.sys.writeFile(path, indexYaml(new Map(), now));
    return new Map();
  }
  try {
    return loadIndex(run.sys, path);
  } catch (error) {
    throw wrapped('merge failed', error);
  }
}

/** What another index has beside; versions that both have stay as they are in the first. */
function merged(index: RepoIndex, other: RepoIndex): RepoIndex {
  const result = new Map([...index].map(([name, versions]) => [name, [...versions]]));
  for (const [name, versions] of other) {
    const own = result.get(name) ?? [];
    const news = versions.filter((each) => !own.some(({ metadata }) => metadata.version === each.metadata.version));
    result.set(name, [...own, ...news].sort(newestFirst));
  }
  return new Map([...result].sort(([a], [b]) => (a < b ? -1 : 1)));
}
