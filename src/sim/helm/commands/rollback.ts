import { actionContext, waitPlanOf } from '../action/context.js';
import { dryRunOf, serverSideOf } from '../action/options.js';
import { rollback } from '../action/rollback.js';
import type { HelmCommand } from '../command.js';
import { HelmError } from '../errors.js';
import { ROLLBACK_FLAGS } from '../flag-table.js';

/** `helm rollback`. */
export const rollbackCommand: HelmCommand = {
  name: 'rollback',
  short: 'roll back a release to a previous revision',
  usage: '<RELEASE> [REVISION]',
  flags: ROLLBACK_FLAGS,
  arity: { least: 1 },
  *run(run, [name = '', revision = '0']) {
    const { flags } = run;
    if (!/^[+-]?\d+$/.test(revision))
      throw new HelmError(
        `could not convert revision to a number: strconv.Atoi: parsing ${JSON.stringify(revision)}: invalid syntax`,
      );
    yield* rollback(actionContext(run), name, {
      revision: Number(revision),
      dryRun: dryRunOf(run, false) !== 'none',
      hooks: !flags.bool('no-hooks'),
      wait: waitPlanOf(run, false),
      serverSide: (before) => serverSideOf(run, before),
      forceConflicts: flags.bool('force-conflicts'),
      forceReplace: flags.bool('force-replace') || flags.bool('force'),
      cleanupOnFail: flags.bool('cleanup-on-fail'),
      historyMax: run.settings.historyMax(),
    });
    yield* run.out('Rollback was a success! Happy Helming!\n');
  },
};
