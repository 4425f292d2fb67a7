import { compareBytes } from '../../api/bytewise.js';
import { readPattern } from '../../api/go-pattern.js';
import { matchesSelector, parseSelector } from '../../api/labels.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Waiting } from '../../kernel/wait.js';
import { actionContext } from '../action/context.js';
import type { HelmCommand } from '../command.js';
import { HelmError } from '../errors.js';
import { alignRows, coloured, colouredStatus, structJson, writeAs } from '../output.js';
import type { Release, ReleaseStatus } from '../release/release.js';
import type { HelmRun } from '../run.js';
import { goTimeText } from '../told/status-text.js';

const PENDING: readonly ReleaseStatus[] = ['pending-install', 'pending-upgrade', 'pending-rollback'];

/** `helm list`. */
export const listCommand: HelmCommand = {
  name: 'list',
  aliases: ['ls'],
  short: 'list releases',
  flags:
    'q/short:b no-headers:b time-format:s d/date:b r/reverse:b uninstalled:b superseded:b uninstalling:b deployed:b failed:b pending:b A/all-namespaces:b m/max:i=256 offset:i=0 f/filter:s l/selector:s o/output:s=table',
  arity: { most: 0 },
  *run(run) {
    const { flags } = run;
    const context = actionContext(run, flags.bool('all-namespaces') ? '' : undefined);
    yield* context.client.checkReachable();
    const pattern = flags.text('filter') === '' ? undefined : readPattern(flags.text('filter'));
    if (typeof pattern === 'string') throw new HelmError(`error parsing regexp: ${pattern}`);
    const all = (yield* context.storage.list()).filter(({ name }) => !pattern || pattern.matcher(name).find());
    const shown = sorted(run, chosen(run, all));
    const from = flags.number('offset');
    const max = flags.number('max') > 0 ? flags.number('max') : shown.length;
    const releases = shown.slice(from, from + max);
    if (flags.bool('short')) return yield* printNames(run, releases);
    yield* printReleases(run, releases);
  },
};

/** Those in the wanted states; of each release the newest revision, unless superseded ones are asked for. */
function chosen(run: HelmRun, all: readonly Release[]): Release[] {
  const { flags } = run;
  const states = new Set<ReleaseStatus>();
  for (const state of ['deployed', 'failed', 'superseded', 'uninstalled', 'uninstalling'] as const)
    if (flags.bool(state)) states.add(state);
  if (flags.bool('pending')) for (const state of PENDING) states.add(state);
  const onlySuperseded = states.size === 1 && states.has('superseded');
  const selector = parseSelector(flags.text('selector'));
  return (onlySuperseded ? [...all] : newest(all)).filter(
    ({ info, labels }) =>
      (states.size === 0 ? info.status !== 'unknown' : states.has(info.status)) && matchesSelector(selector, labels),
  );
}

function newest(all: readonly Release[]): Release[] {
  const found = new Map<string, Release>();
  for (const release of all) {
    const key = `${release.namespace}/${release.name}`;
    const other = found.get(key);
    if (!other || other.version <= release.version) found.set(key, release);
  }
  return [...found.values()];
}

function sorted({ flags }: HelmRun, releases: Release[]): Release[] {
  const backwards = flags.bool('reverse') ? -1 : 1;
  const compare = flags.bool('date')
    ? (a: Release, b: Release) => compareBytes(a.info.last_deployed ?? '', b.info.last_deployed ?? '')
    : (a: Release, b: Release) => compareBytes(a.name, b.name) || compareBytes(a.namespace, b.namespace);
  return releases.sort((a, b) => backwards * compare(a, b));
}

function* printNames(run: HelmRun, releases: readonly Release[]): Waiting<void> {
  const names = releases.map(({ name }) => name);
  const format = run.flags.text('output');
  if (format === 'json') return yield* run.out(`${structJson(names)}\n`);
  if (format === 'yaml') return yield* run.out(printYaml(names));
  yield* run.out(names.map((name) => `${name}\n`).join(''));
}

function* printReleases(run: HelmRun, releases: readonly Release[]): Waiting<void> {
  const rows = releases.map(({ name, namespace, version, info, chart }) => ({
    name,
    namespace,
    revision: String(version),
    updated: info.last_deployed ? goTimeText(info.last_deployed) : '-',
    status: info.status,
    chart: chartText(chart),
    app_version: chart.metadata.appVersion ?? '',
  }));
  yield* writeAs(run, rows, () => {
    const on = run.colours();
    const header = ['NAME', 'NAMESPACE', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'];
    const lines = rows.map((row) => [
      row.name,
      coloured(row.namespace, 'cyan', on),
      row.revision,
      row.updated,
      colouredStatus(row.status, on),
      row.chart,
      row.app_version,
    ]);
    const heads = run.flags.bool('no-headers') ? [] : [header.map((title) => coloured(title, 'bold', on))];
    return `${alignRows([...heads, ...lines])}\n`;
  });
}

/** `web-1.2.3`. */
export function chartText({ metadata }: Release['chart']): string {
  return metadata.name ? `${metadata.name}-${metadata.version}` : 'MISSING';
}
