import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { changeRollout, pausable } from '../../rollout/change.js';

/** `kubectl rollout resume`. */
export const resume: Command = {
  name: 'resume',
  short: 'Resume a paused resource',
  complete: completeTypes('deployment'),
  run: function* (session, _flags, args) {
    yield* changeRollout(
      session,
      args,
      'resumed',
      (object) => {
        const spec = pausable(object, 'resuming');
        if (!spec.paused) throw new CommandError('is not paused');
        delete spec.paused;
      },
      () => undefined,
    );
  },
};
