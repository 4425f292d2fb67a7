import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { subjectsOf } from '../../generate/subjects.js';
import { changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';

/** `kubectl set subject`. */
export const subject: Command = {
  name: 'subject',
  short: 'Update the user, group, or service account in a role binding or cluster role binding',
  complete: completeResources,
  run: function* (session, flags, args) {
    const infos = yield* setTargets(session, args);
    checkLocal(session);
    if (flags.bool('all') && flags.text('selector') !== '')
      throw new CommandError('cannot set --all and --selector at the same time');
    const subjects = subjectsOf(flags);
    if (subjects.length === 0)
      throw new CommandError('you must specify at least one value of user, group or serviceaccount');
    yield* changeAll(session, infos, {
      failing: 'failed to patch subjects to rolebinding: ',
      done: 'subjects updated',
      change: (object) => {
        if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') {
          throw new CommandError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
        }
        const current = (object['subjects'] as object[] | undefined) ?? [];
        const added = subjects.filter((each) => !current.some((old) => JSON.stringify(old) === JSON.stringify(each)));
        object['subjects'] = [...current, ...added];
      },
    });
  },
};
