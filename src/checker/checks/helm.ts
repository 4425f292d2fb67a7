import { CONDITIONS, type Condition, conditionFields, judge, lintCondition, type Verdict } from '../condition.js';
import { findValue } from '../json-path.js';
import { effectiveValues, type Release, releasesOf } from '../releases.js';
import { flag, map, orVariant, text } from '../schema/words.js';
import type { CheckKind, Report } from '../subject.js';

interface HelmSubject extends Condition {
  readonly helm: {
    readonly namespace: string;
    readonly release: string;
    readonly installed?: boolean;
    readonly chart?: string;
    readonly version?: string;
    readonly app_version?: string;
    readonly revision?: number;
    readonly revision_min?: number;
    readonly status?: string;
    /** Into the values the release runs with. */
    readonly jsonpath?: string;
  };
}

/** A helm release, read from what helm keeps in the cluster. */
export const helm: CheckKind<HelmSubject> = {
  field: 'helm',
  schema: map(
    {
      namespace: text('The namespace of the release.'),
      release: text('The name of the release.'),
      installed: flag('There is such a release (true when left out), or none.'),
      chart: text("The chart's name, without its version."),
      version: text("The chart's version, such as 1.4.2."),
      app_version: text('The version of what the chart installs.'),
      revision: orVariant({ type: 'integer', minimum: 1, description: 'The number of its newest revision.' }),
      revision_min: orVariant({ type: 'integer', minimum: 1, description: 'The least number of its newest revision.' }),
      status: {
        enum: [
          'deployed',
          'failed',
          'pending-install',
          'pending-rollback',
          'pending-upgrade',
          'superseded',
          'uninstalled',
          'uninstalling',
        ],
        description: 'The state of its newest revision; deployed when left out.',
      },
      jsonpath: text("Into the values it runs with: the chart's, with what was given on top.", { pattern: '^\\$' }),
    },
    ['namespace', 'release'],
    'A helm release: its chart, revision, state and values.',
  ),
  beside: conditionFields,
  lint,
  async judge(subject, { objects }) {
    const { namespace, release: name, installed = true } = subject.helm;
    const release = (await releasesOf(objects, namespace, name)).at(-1);
    // What was uninstalled with its history kept is not installed.
    const there = release !== undefined && release.info?.status !== 'uninstalled';
    if (!installed || (!there && subject.helm.status !== 'uninstalled'))
      return {
        passed: !there && !installed,
        expected: `${installed ? 'release' : 'no release'} ${name} in ${namespace}`,
        found: release ? describe(release) : `no release ${name} in ${namespace}`,
      };
    return judgeRelease(release, subject);
  },
};

function judgeRelease(release: Release | undefined, subject: HelmSubject): Verdict {
  const { helm: wanted } = subject;
  if (!release) return { passed: false, expected: `release ${wanted.release}`, found: 'none' };
  const { metadata = {} } = release.chart ?? {};
  const asked: readonly [string, unknown, unknown][] = [
    ['status', wanted.status ?? 'deployed', release.info?.status],
    ['chart', wanted.chart, metadata.name],
    ['chart version', wanted.version, metadata.version],
    ['app version', wanted.app_version, metadata.appVersion],
    ['revision', wanted.revision === undefined ? undefined : Number(wanted.revision), release.version],
  ];
  for (const [what, want, is] of asked)
    if (want !== undefined && want !== is)
      return { passed: false, expected: `${what} ${want}`, found: `${what} ${is ?? 'unknown'}` };
  if (wanted.revision_min !== undefined && release.version < Number(wanted.revision_min))
    return {
      passed: false,
      expected: `revision ${wanted.revision_min} at least`,
      found: `revision ${release.version}`,
    };
  if (wanted.jsonpath === undefined || !CONDITIONS.some((name) => name in subject))
    return { passed: true, expected: `release ${wanted.release} as it should be`, found: describe(release) };
  const verdict = judge(findValue(effectiveValues(release), wanted.jsonpath), subject);
  return {
    ...verdict,
    expected: `${wanted.jsonpath} ${verdict.expected}`,
    found: `${wanted.jsonpath} ${verdict.found}`,
  };
}

function describe({ version, info, chart }: Release): string {
  const { name = 'a chart', version: number = 'unknown' } = chart?.metadata ?? {};
  return `${name} ${number}, revision ${version}, ${info?.status ?? 'no status'}`;
}

function lint(subject: HelmSubject, path: string, report: Report): void {
  lintCondition(subject, path, report);
  const where = `${path}/helm`;
  const { helm: wanted } = subject;
  if (CONDITIONS.some((name) => name in subject) && wanted.jsonpath === undefined)
    report(where, 'jsonpath is missing: which value the condition is about');
  if (wanted.installed === false)
    for (const name of ['chart', 'version', 'app_version', 'revision', 'revision_min', 'status', 'jsonpath'] as const)
      if (name in wanted) report(`${where}/${name}`, 'means nothing where no release must be');
}
