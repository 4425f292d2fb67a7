import { formatTime } from '../../../api/time.js';
import type { Command } from '../../cobra/command.js';
import { completeTypes } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import { changeRollout } from '../../rollout/change.js';
import { templateOf } from '../../workload/pod-spec.js';

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';
const KINDS = ['DaemonSet', 'Deployment', 'StatefulSet'];

/** `kubectl rollout restart`. */
export const restart: Command = {
  name: 'restart',
  short: 'Restart a resource',
  complete: completeTypes('deployment', 'daemonset', 'statefulset'),
  run: function* (session, _flags, args) {
    const now = formatTime(session.now());
    yield* changeRollout(
      session,
      args,
      'restarted',
      (object) => {
        const template = templateOf(object);
        if (!KINDS.includes(object.kind) || !template) throw new CommandError('restarting is not supported');
        if ((object['spec'] as { paused?: boolean }).paused)
          throw new CommandError("can't restart paused deployment (run rollout resume first)");
        const metadata = template.metadata ?? {};
        template.metadata = { ...metadata, annotations: { ...metadata.annotations, [RESTARTED_AT]: now } };
      },
      ({ name }) =>
        new CommandError(
          `failed to create patch for ${name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        ),
    );
  },
};
