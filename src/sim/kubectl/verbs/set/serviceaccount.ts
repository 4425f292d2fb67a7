import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';
import { goTypeName, templateOf } from '../../workload/pod-spec.js';

/** `kubectl set serviceaccount`. */
export const serviceaccount: Command = {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Update the service account of a resource',
  complete: completeResources,
  run: function* (session, _flags, args) {
    checkLocal(session);
    const name = args.at(-1);
    if (name === undefined) throw new CommandError('serviceaccount is required');
    const infos = yield* setTargets(session, args.slice(0, -1));
    yield* changeAll(session, infos, {
      failing: 'failed to patch ServiceAccountName ',
      done: 'serviceaccount updated',
      printUnchanged: true,
      change: (object) => {
        const spec = templateOf(object)?.spec;
        if (!spec)
          throw new CommandError(`the object is not a pod or does not have a pod template: ${goTypeName(object)}`);
        spec.serviceAccountName = name;
      },
    });
  },
};
