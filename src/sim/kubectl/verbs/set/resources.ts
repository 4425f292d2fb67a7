import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { readAmounts } from '../../generate/amounts.js';
import { matchesContainer } from '../../workload/container-pattern.js';
import { ChangeProblems, changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';
import { containersOf, templateOf } from '../../workload/pod-spec.js';

/** `kubectl set resources`. */
export const resources: Command = {
  name: 'resources',
  short: 'Update resource requests/limits on objects with pod templates',
  complete: completeResources,
  run: function* (session, flags, args) {
    const infos = yield* setTargets(session, args);
    checkLocal(session);
    if (flags.bool('all') && flags.text('selector') !== '')
      throw new CommandError('cannot set --all and --selector at the same time');
    if (flags.text('limits') === '' && flags.text('requests') === '') {
      throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    }
    const limits = readAmounts(flags.text('limits'));
    const requests = readAmounts(flags.text('requests'));
    const pattern = flags.text('containers');
    yield* changeAll(session, infos, {
      failing: 'failed to patch resources update to pod template ',
      done: 'resource requirements updated',
      change: (object) => {
        const found = containersOf(templateOf(object)?.spec).filter(({ name }) => matchesContainer(name, pattern));
        if (found.length === 0)
          throw new ChangeProblems([new CommandError(`error: unable to find container named ${pattern}`)]);
        for (const container of found) {
          const current = container.resources ?? {};
          container.resources = {
            ...current,
            ...(Object.keys(limits).length > 0 ? { limits: { ...current.limits, ...limits } } : {}),
            ...(Object.keys(requests).length > 0 ? { requests: { ...current.requests, ...requests } } : {}),
          };
        }
      },
    });
  },
};
