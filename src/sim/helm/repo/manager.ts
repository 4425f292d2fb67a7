import { createHash } from 'node:crypto';
import { goQuote } from '../../api/go-text.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Chart, chartName, type Dependency, type Lock } from '../chart/chart.js';
import { loadArchive, loadDirectory } from '../chart/load-path.js';
import { lockYaml, requirementsDigest } from '../chart/lock.js';
import { archiveName, packChart } from '../chart/package.js';
import { HelmError, messageOf } from '../errors.js';
import { goInstant } from '../release/encode.js';
import type { HelmRun } from '../run.js';
import { Constraint } from '../semver/constraint.js';
import { compareVersions, parseVersion } from '../semver/version.js';
import { findInRepo, resolveUrl } from './download.js';
import { fetchUrl } from './fetch.js';
import { loadIndex } from './index-file.js';
import { cleanPath, makeDirectories } from './paths.js';
import { entryOf, indexPath, type RepoEntry, readRepositories } from './repositories.js';
import { UNMANAGED, updateAll } from './update-all.js';

/** Fetches the charts that a chart's lock names (`dependency build`); without a lock those its Chart.yaml wants. */
export function* buildDependencies(run: HelmRun, path: string): Waiting<void> {
  const chart = unpackedChart(run, path);
  const { lock } = chart;
  if (!lock) return yield* updateDependencies(run, path);
  const wanted = (chart.metadata.dependencies ?? []).map((each) => ({ ...each }));
  resolveNames(run, path, wanted);
  if (requirementsDigest(wanted, lock.dependencies) !== lock.digest)
    throw new HelmError(
      chart.metadata.apiVersion === 'v1'
        ? 'the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). Please update the dependencies'
        : "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies with 'helm dependency update'",
    );
  const known = readRepositories(run.sys, run.settings.repositoryConfig).repositories.map(({ url }) => plainUrl(url));
  const missing = lock.dependencies
    .map(({ repository = '' }) => repository)
    .filter((url) => url !== '' && !/^(?:file|oci):\/\//.test(url) && !known.includes(plainUrl(url)));
  if (missing.length > 0)
    throw new HelmError(
      `no repository definition for ${missing.join(', ')}. Please add the missing repos via 'helm repo add'`,
    );
  yield* refresh(run);
  yield* downloadAll(run, path, lock.dependencies);
}

/** Fetches what a chart's Chart.yaml wants, and writes the lock (`dependency update`). */
export function* updateDependencies(run: HelmRun, path: string): Waiting<void> {
  const chart = unpackedChart(run, path);
  const wanted = chart.metadata.dependencies?.map((each) => ({ ...each }));
  if (!wanted) return;
  const names = resolveNames(run, path, wanted);
  yield* addUnmanaged(run, names, wanted);
  yield* refresh(run);
  const locked = resolveVersions(run, path, wanted, names);
  yield* downloadAll(run, path, locked);
  const digest = requirementsDigest(wanted, locked);
  if (chart.lock?.digest === digest) return;
  const lock: Lock = { generated: goInstant(run.sys.now()), digest, dependencies: locked };
  const file = chart.metadata.apiVersion === 'v1' ? 'requirements.lock' : 'Chart.lock';
  run.sys.writeFile(`${path}/${file}`, lockYaml(lock));
}

function unpackedChart({ sys }: HelmRun, path: string): Chart {
  if (!exists(sys, path)) throw new HelmError(`could not find ${path}: stat ${path}: no such file or directory`);
  if (sys.stat(path).type !== 'directory') throw new HelmError('only unpacked charts can be updated');
  return loadDirectory(sys, path);
}

function plainUrl(url: string): string {
  return url.replace(/\/+$/, '');
}

/** Which repository each dependency is from, by the dependency's name; aliases become addresses. Throws HelmError. */
function resolveNames({ sys, settings }: HelmRun, path: string, wanted: Dependency[]): Map<string, string> {
  const { repositories } = readRepositories(sys, settings.repositoryConfig);
  const names = new Map<string, string>();
  const missing: string[] = [];
  for (const dependency of wanted) {
    const { repository = '' } = dependency;
    if (repository === '') continue;
    if (repository.startsWith('file://')) {
      localPath(sys, repository, path);
      names.set(dependency.name, repository);
      continue;
    }
    const alias = /^(?:@|alias:)(.*)$/.exec(repository)?.[1];
    const entry = repositories.find(({ name, url }) =>
      alias === undefined ? plainUrl(url) === plainUrl(repository) : name === alias,
    );
    if (entry) {
      if (alias !== undefined) dependency.repository = entry.url;
      names.set(dependency.name, entry.name);
    } else if (!/^[a-z][a-z0-9+.-]*:\/\/|^\//i.test(repository)) missing.push(repository);
  }
  if (missing.length > 0) throw new HelmError(missingText(missing));
  return names;
}

function missingText(missing: readonly string[]): string {
  const text = `no repository definition for ${missing.join(', ')}. Please add them via 'helm repo add'`;
  if (missing.every((each) => /\/\/|^@|^alias:/.test(each))) return text;
  return `${text}
Note that repositories must be URLs or aliases. For example, to refer to the "example"
repository, use "https://charts.example.com/" or "@example" instead of
"example". Don't forget to add the repo, too ('helm repo add').`;
}

function localPath(sys: HelmRun['sys'], repository: string, path: string): string {
  const own = repository.replace(/^file:\/\//, '');
  const found = cleanPath(own.startsWith('/') ? own : `${path}/${own}`);
  if (!exists(sys, found)) throw new HelmError(`directory ${found} not found`);
  return found;
}

/** Repositories that only a dependency names get an index, too. */
function* addUnmanaged(run: HelmRun, names: Map<string, string>, wanted: readonly Dependency[]): Waiting<void> {
  const entries: RepoEntry[] = [];
  for (const { name, repository = '' } of wanted) {
    if (repository === '' || names.has(name)) continue;
    const own = `${UNMANAGED}${createHash('sha256').update(repository).digest('hex')}`;
    names.set(name, own);
    entries.push(entryOf({ name: own, url: repository }));
  }
  if (entries.length === 0 || run.flags.bool('skip-refresh')) return;
  yield* run.out('Getting updates for unmanaged Helm repositories...\n');
  yield* updateAll(run, entries);
}

function* refresh(run: HelmRun): Waiting<void> {
  if (run.flags.bool('skip-refresh')) return;
  const { repositories } = readRepositories(run.sys, run.settings.repositoryConfig);
  if (repositories.length === 0) return;
  yield* run.out('Hang tight while we grab the latest from your chart repositories...\n');
  yield* updateAll(run, repositories);
  yield* run.out('Update Complete. ⎈Happy Helming!⎈\n');
}

/** The exact version of each dependency. Throws HelmError. */
function resolveVersions(
  { sys, settings }: HelmRun,
  path: string,
  wanted: readonly Dependency[],
  names: ReadonlyMap<string, string>,
): Dependency[] {
  const missing: string[] = [];
  const locked = wanted.map(({ name, version = '', repository = '' }): Dependency => {
    const constraint = constraintOf(name, version);
    if (repository === '') {
      localPath(sys, `charts/${name}`, path);
      return { name, version, repository };
    }
    const versions = repository.startsWith('file://')
      ? [loadDirectory(sys, localPath(sys, repository, path)).metadata.version ?? '']
      : offered(sys, settings.repositoryCache, names.get(name) ?? '', name, repository);
    const found = versions.find((each) => {
      const own = parseVersion(each);
      return own !== undefined && constraint.check(own);
    });
    if (found === undefined)
      missing.push(`${goQuote(name)} (repository ${goQuote(repository)}, version ${goQuote(version)})`);
    return { name, version: found ?? '', repository };
  });
  if (missing.length === 0) return locked;
  throw new HelmError(
    `can't get a valid version for ${missing.length} subchart(s): ${missing.join(', ')}. Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml`,
  );
}

function constraintOf(name: string, version: string): Constraint {
  try {
    return new Constraint(version);
  } catch (error) {
    throw new HelmError(`dependency ${goQuote(name)} has an invalid version/constraint format: ${messageOf(error)}`);
  }
}

function offered(sys: HelmRun['sys'], cache: string, repo: string, chart: string, url: string): string[] {
  let index: ReturnType<typeof loadIndex>;
  try {
    index = loadIndex(sys, indexPath(cache, repo));
  } catch (error) {
    throw new HelmError(`no cached repository for ${repo} found. (try 'helm repo update'): ${messageOf(error)}`);
  }
  const versions = index.get(chart);
  if (!versions) throw new HelmError(`${chart} chart not found in repo ${url}`);
  return versions.filter(({ urls }) => urls.length > 0).map(({ metadata }) => metadata.version ?? '');
}

function* downloadAll(run: HelmRun, path: string, dependencies: Dependency[]): Waiting<void> {
  const { sys } = run;
  const folder = `${path}/charts`;
  makeDirectories(sys, folder);
  yield* run.out(`Saving ${dependencies.length} charts\n`);
  const fetched = new Map<string, Uint8Array>();
  const addresses = new Set<string>();
  const local = new Set<string>();
  try {
    for (const dependency of dependencies) {
      const { name, repository = '' } = dependency;
      if (repository === '') {
        yield* run.out(`Dependency ${name} did not declare a repository. Assuming it exists in the charts directory\n`);
        local.add(name);
        checkLocal(run, folder, dependency);
      } else if (repository.startsWith('file://')) {
        const chart = loadDirectory(sys, localPath(sys, repository, path));
        dependency.version = chart.metadata.version;
        fetched.set(archiveName(chart), packChart(chart, sys.now()));
      } else yield* downloadOne(run, dependency, addresses, fetched);
    }
  } catch (error) {
    yield* run.out(`Save error occurred:  ${messageOf(error)}\n`);
    throw error;
  }
  for (const [name, bytes] of fetched) sys.writeFile(`${folder}/${name}`, bytes);
  yield* run.out('Deleting outdated charts\n');
  for (const { name } of sys.readDirectory(folder)) {
    const file = `${folder}/${name}`;
    if (fetched.has(name) || sys.stat(file).type === 'directory') continue;
    if (!local.has(chartName(loadArchive(sys, file)))) sys.unlink(file);
  }
}

function checkLocal({ sys }: HelmRun, folder: string, { name, version = '' }: Dependency): void {
  const path = `${folder}/${name}`;
  let chart: Chart;
  try {
    chart = loadDirectory(sys, path);
  } catch (error) {
    throw new HelmError(`unable to load chart '${path}': ${messageOf(error)}`);
  }
  const own = parseVersion(chart.metadata.version ?? '');
  if (!own || !constraintOf(name, version).check(own))
    throw new HelmError(
      `dependency ${name} at version ${chart.metadata.version} does not satisfy the constraint ${version}`,
    );
}

function* downloadOne(
  run: HelmRun,
  { name, version = '', repository = '' }: Dependency,
  addresses: Set<string>,
  fetched: Map<string, Uint8Array>,
): Waiting<void> {
  const url = yield* chartUrl(run, name, version, repository);
  if (addresses.has(url)) return yield* run.out(`Already downloaded ${name} from repo ${repository}\n`);
  yield* run.out(`Downloading ${name} from repo ${repository}\n`);
  try {
    fetched.set(url.slice(url.lastIndexOf('/') + 1), yield* fetchUrl(run, url));
  } catch (error) {
    throw new HelmError(`could not download ${url}: ${messageOf(error)}`);
  }
  addresses.add(url);
}

function* chartUrl(run: HelmRun, name: string, version: string, repository: string): Waiting<string> {
  const { repositories } = readRepositories(run.sys, run.settings.repositoryConfig);
  const entry = repositories.find(({ url }) => plainUrl(url) === plainUrl(repository));
  if (!entry) {
    try {
      return yield* findInRepo(run, repository, name, version);
    } catch (error) {
      throw new HelmError(`could not find : chart ${name} not found in ${repository}: ${messageOf(error)}`);
    }
  }
  const versions = loadIndex(run.sys, indexPath(run.settings.repositoryCache, entry.name)).get(name);
  if (!versions) throw new HelmError('could not find : entry not found');
  const wanted = parseVersion(version);
  const found = versions.find(({ metadata, urls }) => {
    const own = parseVersion(metadata.version ?? '');
    return (
      urls.length > 0 &&
      (version === '' || (own && wanted ? compareVersions(own, wanted) === 0 : metadata.version === version))
    );
  });
  if (!found) throw new HelmError('could not find : no matching version');
  return resolveUrl(repository, found.urls[0] as string);
}
