import { actionContext, waitPlanOf } from '../action/context.js';
import { NotLoaded, uninstall } from '../action/uninstall.js';
import type { HelmCommand } from '../command.js';
import { HelmError, ReleaseNotFound } from '../errors.js';
import { UNINSTALL_FLAGS } from '../flag-table.js';

/** `helm uninstall`. */
export const uninstallCommand: HelmCommand = {
  name: 'uninstall',
  aliases: ['del', 'delete', 'un'],
  suggestFor: ['remove', 'rm'],
  short: 'uninstall a release',
  usage: 'RELEASE_NAME [...]',
  flags: UNINSTALL_FLAGS,
  arity: { least: 1 },
  *run(run, names) {
    const { flags } = run;
    const cascade = flags.text('cascade');
    if (!['background', 'foreground', 'orphan'].includes(cascade))
      throw new HelmError(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
    const propagation = `${cascade.charAt(0).toUpperCase()}${cascade.slice(1)}`;
    const context = actionContext(run);
    const ignore = flags.bool('ignore-not-found');
    for (const name of names) {
      try {
        if (flags.bool('dry-run')) {
          yield* context.client.checkReachable();
          yield* context.storage.last(name);
        } else {
          const kept = yield* uninstall(context, name, {
            hooks: !flags.bool('no-hooks'),
            keepHistory: flags.bool('keep-history'),
            wait: waitPlanOf(run, false),
            propagation,
            description: flags.text('description'),
          });
          if (kept !== '') yield* run.out(`${kept}\n`);
        }
      } catch (error) {
        if (!ignore || !(error instanceof NotLoaded || error instanceof ReleaseNotFound)) throw error;
      }
      yield* run.out(`release "${name}" uninstalled\n`);
    }
  },
};
