import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { cancellable } from '../action/cancellation.js';
import { requestedChart } from '../action/chart-request.js';
import { actionContext, waitPlanOf } from '../action/context.js';
import { install } from '../action/install.js';
import type { InstallPlan } from '../action/install-plan.js';
import { type DryRun, dryRunOf, labelsOf } from '../action/options.js';
import type { HelmCommand } from '../command.js';
import { HelmError, wrapped } from '../errors.js';
import { INSTALL_FLAGS } from '../flag-table.js';
import { writeAs } from '../output.js';
import { releaseValue } from '../release/encode.js';
import type { Release } from '../release/release.js';
import { localCapabilities } from '../render/capabilities.js';
import { renderText } from '../render/render-text.js';
import { locateChart } from '../repo/download.js';
import { baseOf } from '../repo/paths.js';
import type { HelmRun } from '../run.js';
import { statusText } from '../told/status-text.js';
import { givenValues } from '../values/options.js';

/** `helm install`. */
export const installCommand: HelmCommand = {
  name: 'install',
  short: 'install a chart',
  usage: '[NAME] [CHART]',
  flags: `${INSTALL_FLAGS} hide-secret:b dry-run:s!unset=none o/output:s=table`,
  arity: { least: 1 },
  *run(run, args) {
    const dryRun = dryRunOf(run, false);
    let release: Release;
    try {
      release = yield* runInstall(run, args, { dryRun });
    } catch (error) {
      throw wrapped('INSTALLATION FAILED', error);
    }
    yield* showInstalled(run, release);
  },
};

/** What install and upgrade print at their end. */
export function* showInstalled(run: HelmRun, release: Release): Waiting<void> {
  const debug = run.settings.debug;
  const hideNotes = run.flags.bool('hide-notes');
  yield* writeAs(run, releaseValue(release), () => statusText(run, release, { debug, hideNotes }));
}

/** What a command alters of the plan that its flags make. */
export type InstallChanges = Partial<InstallPlan> & { readonly dryRun: DryRun; readonly defaultName?: string };

/** Reads name, chart and values from a command line and installs. Throws HelmError. */
export function* runInstall(run: HelmRun, args: readonly string[], changes: InstallChanges): Waiting<Release> {
  const { flags } = run;
  const { name, word } = nameAndChart(run, args, changes.defaultName ?? '');
  const path = yield* locateChart(run, word, chartVersion(run));
  const values = yield* givenValues(run);
  const chart = yield* requestedChart(run, path);
  const undoOnFailure = undoes(run);
  const has = (flag: string): boolean => flags.table.name(flag) !== undefined && flags.bool(flag);
  const plan: InstallPlan = {
    name,
    chart,
    values,
    wait: waitPlanOf(run, undoOnFailure),
    serverSide: flags.text('server-side') !== 'false',
    forceConflicts: has('force-conflicts'),
    forceReplace: has('force-replace') || has('force'),
    createNamespace: has('create-namespace'),
    replace: has('replace'),
    hooks: !has('no-hooks'),
    skipCrds: has('skip-crds'),
    includeCrds: false,
    undoOnFailure,
    subNotes: has('render-subchart-notes'),
    skipSchemas: has('skip-schema-validation'),
    hideSecrets: has('hide-secret'),
    takeOwnership: has('take-ownership'),
    isUpgrade: false,
    description: flags.text('description'),
    labels: labelsOf(run),
    local: localCapabilities('', []),
    ...changes,
  };
  return yield* cancellable(run, args[0] ?? '', (cancellation) =>
    install({ ...actionContext(run), cancellation }, plan),
  );
}

/** Whether a failure is undone. */
export function undoes({ flags }: HelmRun): boolean {
  return flags.bool('rollback-on-failure') || flags.bool('atomic');
}

/** The version that is asked for; `--devel` takes any. */
export function chartVersion({ flags }: HelmRun): string {
  const version = flags.text('version').trim();
  return version === '' && flags.bool('devel') ? '>0.0.0-0' : version;
}

function nameAndChart(run: HelmRun, args: readonly string[], defaultName: string): { name: string; word: string } {
  const { flags, sys } = run;
  const [first = '', second] = args;
  const template = flags.text('name-template');
  if (args.length > 2)
    throw new HelmError(`expected at most two arguments, unexpected arguments: ${args.slice(2).join(', ')}`);
  if (second !== undefined) {
    for (const [isSet, flag] of [
      [flags.bool('generate-name'), 'generate-name'],
      [template !== '', 'name-template'],
    ] as const)
      if (isSet) throw new HelmError(`cannot set --${flag} and also specify a name`);
    return { name: first, word: second };
  }
  if (template !== '') return { name: renderText(run, 'name-template', template, null), word: first };
  if (defaultName !== '') return { name: defaultName, word: first };
  if (!flags.bool('generate-name')) throw new HelmError('must either provide a name or specify --generate-name');
  const base = baseOf(first);
  const stem = (base === '.' || base === '' ? 'chart' : base).replace(/\..*$/s, '');
  return { name: `${stem}-${Math.floor(sys.now() / SECOND)}`, word: first };
}
