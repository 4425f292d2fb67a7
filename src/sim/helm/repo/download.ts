import { goQuote } from '../../api/go-text.js';
import { decodeText } from '../../kernel/bytes.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Waiting } from '../../kernel/wait.js';
import { digestOf } from '../chart/archive.js';
import { HelmError, messageOf, rethrowFault } from '../errors.js';
import type { HelmRun } from '../run.js';
import { type FetchOptions, fetchUrl } from './fetch.js';
import { findVersion, loadIndex, type RepoIndex, readIndex } from './index-file.js';
import { absolutePath, makeDirectories } from './paths.js';
import { chartsPath, indexPath, type RepoEntry, readRepositories } from './repositories.js';

/** Where a chart's archive is, and what it must be. */
interface ChartPlace {
  readonly url: string;
  readonly digest: string;
  readonly options: FetchOptions;
}

/** A path below a repository's address, whatever slashes are between them. */
export function resolveUrl(base: string, reference: string): string {
  try {
    return new URL(reference).href;
  } catch {
    const { search } = new URL(base);
    const joined = new URL(reference, `${base.replace(/[?#].*$/, '').replace(/\/$/, '')}/`);
    if (search !== '') joined.search = search;
    return joined.href;
  }
}

/** Fetches a repository's index and keeps it. Throws HelmError or UrlError. */
export function* updateIndex(run: HelmRun, entry: RepoEntry): Waiting<RepoIndex> {
  const url = indexUrl(entry.url);
  const bytes = yield* fetchUrl(run, url, optionsOf(entry));
  const index = readIndex(decodeText(bytes));
  const { repositoryCache } = run.settings;
  makeDirectories(run.sys, repositoryCache);
  run.sys.writeFile(chartsPath(repositoryCache, entry.name), [...index.keys()].map((name) => `${name}\n`).join(''));
  run.sys.writeFile(indexPath(repositoryCache, entry.name), bytes);
  return index;
}

/** Throws HelmError for addresses that no getter is for. */
function indexUrl(url: string): string {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(url) ?? [];
  if (!['http', 'https'].includes(scheme.toLowerCase()))
    throw new HelmError(`could not find protocol handler for: ${scheme}`);
  return resolveUrl(url, 'index.yaml');
}

function optionsOf(entry: RepoEntry): FetchOptions {
  const { username, password, caFile, insecure_skip_tls_verify: insecure } = entry;
  return { username, password, caFile, insecure };
}

/** What a command line says of access to charts. */
function givenOptions({ flags }: HelmRun): FetchOptions {
  return {
    username: flags.text('username'),
    password: flags.text('password'),
    caFile: flags.text('ca-file'),
    insecure: flags.bool('insecure-skip-tls-verify'),
  };
}

/**
 * The path of the chart a word means: a directory, an archive, `repo/chart`, an address, or a chart of `--repo`; what
 * comes from afar is kept in the content cache. Throws HelmError.
 */
export function* locateChart(run: HelmRun, word: string, version: string): Waiting<string> {
  const name = word.trim();
  const repo = run.flags.text('repo');
  if (repo === '') {
    if (exists(run.sys, name)) return absolutePath(run.sys, name);
    if (name.startsWith('/') || name.startsWith('.')) throw new HelmError(`path ${goQuote(name)} not found`);
  }
  const place =
    repo === ''
      ? yield* placeOf(run, name, version)
      : { url: yield* findInRepo(run, repo, name, version), digest: '', options: givenOptions(run) };
  const folder = run.settings.contentCache;
  const kept = (digest: string): string => `${folder}/${digest.slice(0, 2)}/${digest}.chart`;
  if (place.digest !== '' && exists(run.sys, kept(place.digest))) return kept(place.digest);
  const bytes = yield* fetchUrl(run, place.url, place.options);
  const path = kept(digestOf(bytes));
  makeDirectories(run.sys, path.slice(0, path.lastIndexOf('/')));
  run.sys.writeFile(path, bytes);
  return path;
}

/** A chart's archive and the name it has (`helm pull`). Throws HelmError. */
export function* downloadChart(
  run: HelmRun,
  word: string,
  version: string,
): Waiting<{ name: string; bytes: Uint8Array }> {
  const repo = run.flags.text('repo');
  const url = repo === '' ? word : yield* findInRepo(run, repo, word, version);
  const place = yield* placeOf(run, url, version);
  const bytes = yield* fetchUrl(run, place.url, place.options);
  const path = new URL(place.url).pathname;
  return { name: path.slice(path.lastIndexOf('/') + 1), bytes };
}

function* placeOf(run: HelmRun, word: string, version: string): Waiting<ChartPlace> {
  if (word.startsWith('oci://')) throw yield* ociRefusal(run, word);
  const url = absoluteUrl(word);
  const { repositories } = readRepositories(run.sys, run.settings.repositoryConfig);
  if (url) return { url: word, digest: '', options: givenOptions(run) };
  const [repoName = '', ...rest] = word.split('/');
  if (rest.length === 0)
    throw new HelmError(`non-absolute URLs should be in form of repo_name/path_to_chart, got: ${word}`);
  const chart = rest.join('/');
  const entry = repositories.find(({ name }) => name === repoName);
  if (!entry) throw new HelmError(`repo ${repoName} not found`);
  let index: RepoIndex;
  try {
    index = loadIndex(run.sys, indexPath(run.settings.repositoryCache, entry.name));
  } catch (error) {
    throw new HelmError(`no cached repo found. (try 'helm repo update'): ${messageOf(error)}`);
  }
  try {
    const found = findVersion(index, chart, version, (message, attributes) => run.log('WARN', message, attributes));
    if (found.urls.length === 0) throw new HelmError(`chart ${goQuote(word)} has no downloadable URLs`);
    return { url: resolveUrl(entry.url, found.urls[0] as string), digest: found.digest, options: optionsOf(entry) };
  } catch (error) {
    throw new HelmError(
      `chart ${goQuote(chart)} matching ${version} not found in ${entry.name} index. (try 'helm repo update'): ${messageOf(error)}`,
    );
  }
}

function absoluteUrl(word: string): URL | undefined {
  try {
    const url = new URL(word);
    if (url.host === '' || url.pathname === '') return undefined;
    if (!['http:', 'https:'].includes(url.protocol))
      throw new HelmError(`scheme ${goQuote(url.protocol.slice(0, -1))} not supported`);
    return url;
  } catch (error) {
    if (error instanceof HelmError) throw error;
    return undefined;
  }
}

/** What comes of asking a registry for a chart: the machine's registries hold images alone. */
function* ociRefusal(run: HelmRun, word: string): Waiting<Error> {
  const [, host = '', path = ''] = /^oci:\/\/([^/]+)\/?(.*)$/.exec(word) ?? [];
  const name = path.replace(/:.*$/, '');
  try {
    yield* fetchUrl(run, `https://${host}/v2/${name}/tags/list`);
    return new HelmError(`${host}/${name}: not found`);
  } catch (error) {
    return new HelmError(messageOf(error));
  }
}

/** The address of a chart's archive in a repository that nobody added (`--repo`). Throws HelmError. */
export function* findInRepo(run: HelmRun, repoUrl: string, chart: string, version: string): Waiting<string> {
  let index: RepoIndex;
  try {
    index = readIndex(decodeText(yield* fetchUrl(run, indexUrl(repoUrl), givenOptions(run))));
  } catch (error) {
    throw new HelmError(
      `looks like ${goQuote(repoUrl)} is not a valid chart repository or cannot be reached: ${messageOf(error)}`,
    );
  }
  const what = `chart ${goQuote(chart)}${version === '' ? '' : ` version ${goQuote(version)}`}`;
  let urls: readonly string[];
  try {
    ({ urls } = findVersion(index, chart, version));
  } catch (error) {
    rethrowFault(error);
    throw new HelmError(`${what} not found in ${repoUrl} repository`);
  }
  if (urls.length === 0) throw new HelmError(`${what} has no downloadable URLs`);
  return resolveUrl(repoUrl, urls[0] as string);
}
