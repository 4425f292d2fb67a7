import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { changeRollout, pausable } from '../../rollout/change.js';

/** `kubectl rollout pause`. */
export const pause: Command = {
  name: 'pause',
  short: 'Mark the provided resource as paused',
  complete: completeTypes('deployment'),
  run: function* (session, _flags, args) {
    yield* changeRollout(
      session,
      args,
      'paused',
      (object) => {
        const spec = pausable(object, 'pausing');
        if (spec.paused) throw new CommandError('is already paused');
        spec.paused = true;
      },
      () => undefined,
    );
  },
};
