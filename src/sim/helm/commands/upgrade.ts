import type { Waiting } from '../../kernel/wait.js';
import { cancellable } from '../action/cancellation.js';
import { requestedChart } from '../action/chart-request.js';
import { actionContext, waitPlanOf } from '../action/context.js';
import { type DryRun, dryRunOf, labelsOf, serverSideOf } from '../action/options.js';
import { type UpgradePlan, upgrade } from '../action/upgrade.js';
import { exactly, type HelmCommand } from '../command.js';
import { ReleaseNotFound, wrapped } from '../errors.js';
import { UPGRADE_FLAGS } from '../flag-table.js';
import type { Release } from '../release/release.js';
import { locateChart } from '../repo/download.js';
import type { HelmRun } from '../run.js';
import { givenValues } from '../values/options.js';
import { chartVersion, runInstall, showInstalled, undoes } from './install.js';

/** `helm upgrade`. */
export const upgradeCommand: HelmCommand = {
  name: 'upgrade',
  short: 'upgrade a release',
  usage: '[RELEASE] [CHART]',
  flags: UPGRADE_FLAGS,
  arity: exactly(2),
  *run(run, args) {
    const dryRun = dryRunOf(run, false);
    const [name = '', word = ''] = args;
    const absent = run.flags.bool('install') ? yield* absence(run, name) : undefined;
    const asText = run.flags.text('output') === 'table';
    if (absent) {
      if (asText) yield* run.out(`Release ${JSON.stringify(name)} does not exist. Installing it now.\n`);
      const release = yield* runInstall(run, args, { dryRun, replace: absent === 'uninstalled' });
      return yield* showInstalled(run, release);
    }
    const plan = yield* planOf(run, name, word, dryRun);
    let release: Release;
    try {
      release = yield* cancellable(run, name, (cancellation) => upgrade({ ...actionContext(run), cancellation }, plan));
    } catch (error) {
      throw wrapped('UPGRADE FAILED', error);
    }
    if (asText) yield* run.out(`Release ${JSON.stringify(name)} has been upgraded. Happy Helming!\n`);
    yield* showInstalled(run, release);
  },
};

/** Whether a release has to be installed first: there is none, or only one that was uninstalled. */
function* absence(run: HelmRun, name: string): Waiting<'none' | 'uninstalled' | undefined> {
  const { client, storage } = actionContext(run);
  yield* client.checkReachable();
  try {
    const last = yield* storage.last(name);
    return last.info.status === 'uninstalled' ? 'uninstalled' : undefined;
  } catch (error) {
    if (error instanceof ReleaseNotFound) return 'none';
    throw error;
  }
}

function* planOf(run: HelmRun, name: string, word: string, dryRun: DryRun): Waiting<UpgradePlan> {
  const { flags } = run;
  const path = yield* locateChart(run, word, chartVersion(run));
  const values = yield* givenValues(run);
  const chart = yield* requestedChart(run, path);
  const undoOnFailure = undoes(run);
  return {
    name,
    chart,
    values,
    dryRun,
    historyMax: run.settings.historyMax(),
    reuse: flags.bool('reset-values')
      ? 'reset'
      : flags.bool('reuse-values')
        ? 'reuse'
        : flags.bool('reset-then-reuse-values')
          ? 'reset-then-reuse'
          : 'auto',
    wait: waitPlanOf(run, undoOnFailure),
    undoOnFailure,
    hooks: !flags.bool('no-hooks'),
    serverSide: (before) => serverSideOf(run, before),
    forceConflicts: flags.bool('force-conflicts'),
    forceReplace: flags.bool('force-replace') || flags.bool('force'),
    cleanupOnFail: flags.bool('cleanup-on-fail'),
    subNotes: flags.bool('render-subchart-notes'),
    skipSchemas: flags.bool('skip-schema-validation'),
    hideSecrets: flags.bool('hide-secret'),
    takeOwnership: flags.bool('take-ownership'),
    description: flags.text('description'),
    labels: labelsOf(run),
  };
}
