import { readPattern } from '../../api/go-pattern.js';
import type { HelmCommand } from '../command.js';
import { HelmError, messageOf } from '../errors.js';
import { alignRows, writeAs } from '../output.js';
import { searchHub } from '../repo/hub.js';
import { type ChartVersion, loadIndex } from '../repo/index-file.js';
import { indexPath, readRepositories } from '../repo/repositories.js';
import type { HelmRun } from '../run.js';
import { Constraint } from '../semver/constraint.js';
import { compareVersions, parseVersion } from '../semver/version.js';

/** A chart that was found; the lower the score, the earlier in its description the word stands. */
interface Result {
  readonly name: string;
  readonly chart: ChartVersion;
  readonly line: string;
  score: number;
}

const SCORE_MAX = 25;
/** What stands between the parts of a line that is searched. */
const BREAK = '\v';

const repo: HelmCommand = {
  name: 'repo',
  short: 'search repositories for a keyword in charts',
  usage: '[keyword]',
  flags: 'r/regexp:b l/versions:b devel:b version:s max-col-width:i=50 fail-on-no-result:b o/output:s=table',
  *run(run, words) {
    const { flags } = run;
    const wanted = flags.text('version');
    const version = wanted || (flags.bool('devel') ? '>0.0.0-0' : '>0.0.0');
    const all = allCharts(run, flags.bool('versions') || version !== '');
    const found = words.length === 0 ? all : matching(run, all, words.join(' '));
    const shown = constrained(found.sort(byScore), version, flags.bool('versions'));
    if (shown.length === 0 && flags.bool('fail-on-no-result')) throw new HelmError('no results found');
    const rows = shown.map(({ name, chart: { metadata } }) => ({
      name,
      version: metadata.version ?? '',
      app_version: String(metadata.appVersion ?? ''),
      description: metadata.description ?? '',
    }));
    yield* writeAs(run, rows, () =>
      tableText(
        rows.map((row) => Object.values(row)),
        flags.number('max-col-width'),
      ),
    );
  },
};

function tableText(rows: readonly (readonly string[])[], width: number): string {
  if (rows.length === 0) return 'No results found\n';
  return `${alignRows([['NAME', 'CHART VERSION', 'APP VERSION', 'DESCRIPTION'], ...rows], width)}\n`;
}

function allCharts(run: HelmRun, everyVersion: boolean): Result[] {
  const { settings, sys } = run;
  const { repositories } = readRepositories(sys, settings.repositoryConfig);
  if (repositories.length === 0) throw new HelmError('no repositories configured');
  return repositories.flatMap(({ name: own }) => {
    try {
      return [...loadIndex(sys, indexPath(settings.repositoryCache, own))].flatMap(([chart, versions]) =>
        (everyVersion ? versions : versions.slice(0, 1)).map((version) => ({
          name: `${own}/${chart}`,
          chart: version,
          line: lineOf(own, version),
          score: 0,
        })),
      );
    } catch (error) {
      run.log('WARN', 'repo is corrupt or missing', { repo: own, error: messageOf(error) });
      return [];
    }
  });
}

function lineOf(repoName: string, { metadata }: ChartVersion): string {
  const { name = '', description = '', keywords = [] } = metadata;
  return [name, `${repoName}/${name}`, description, keywords.join(' ')].join(BREAK);
}

function matching({ flags }: HelmRun, all: readonly Result[], term: string): Result[] {
  const pattern = flags.bool('regexp') ? readPattern(term) : undefined;
  if (typeof pattern === 'string') throw new HelmError(`error parsing regexp: ${pattern}`);
  return all.flatMap((result) => {
    const line = pattern ? result.line : result.line.toLowerCase();
    const matcher = pattern?.matcher(line);
    const at = matcher ? (matcher.find() ? matcher.start() : -1) : line.indexOf(term.toLowerCase());
    const score = scoreOf(line, at);
    return at >= 0 && score < SCORE_MAX ? [{ ...result, score }] : [];
  });
}

/** In which part of a line a place is. */
function scoreOf(line: string, at: number): number {
  return line.slice(0, Math.max(at, 0)).split(BREAK).length - 1;
}

function byScore(a: Result, b: Result): number {
  if (a.score !== b.score) return a.score - b.score;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  const [left, right] = [a, b].map(({ chart }) => parseVersion(chart.metadata.version ?? ''));
  return left && right ? compareVersions(right, left) : 0;
}

/** Those whose version fits; of each chart the first, unless all versions are wanted. */
function constrained(results: readonly Result[], version: string, everyVersion: boolean): Result[] {
  let constraint: Constraint;
  try {
    constraint = new Constraint(version);
  } catch (error) {
    throw new HelmError(`an invalid version/constraint format: ${messageOf(error)}`);
  }
  const seen = new Set<string>();
  return results.filter(({ name, chart }) => {
    if (!everyVersion && seen.has(name)) return false;
    const own = parseVersion(chart.metadata.version ?? '');
    if (!own || !constraint.check(own)) return false;
    seen.add(name);
    return true;
  });
}

const hub: HelmCommand = {
  name: 'hub',
  short: 'search for charts in the Artifact Hub or your own hub instance',
  usage: '[KEYWORD]',
  flags: 'endpoint:s=https://hub.helm.sh max-col-width:i=50 list-repo-url:b fail-on-no-result:b o/output:s=table',
  *run(run, words) {
    const { flags } = run;
    const charts = yield* searchHub(run, flags.text('endpoint'), words.join(' '));
    if (charts.length === 0 && flags.bool('fail-on-no-result')) throw new HelmError('no results found');
    const whose = flags.bool('list-repo-url');
    const rows = charts.map(({ url, version, app_version, description, repository }) => [
      ...[url, version, app_version, description],
      ...(whose ? [repository.url] : []),
    ]);
    const head = ['URL', 'CHART VERSION', 'APP VERSION', 'DESCRIPTION', ...(whose ? ['REPO URL'] : [])];
    yield* writeAs(run, charts, () =>
      rows.length === 0 ? 'No results found\n' : `${alignRows([head, ...rows], flags.number('max-col-width'))}\n`,
    );
  },
};

/** `helm search`. */
export const searchCommand: HelmCommand = {
  name: 'search',
  short: 'search for a keyword in charts',
  commands: [hub, repo],
};
