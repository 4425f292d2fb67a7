import type { Command } from '../cobra/command.js';
import { completePods } from '../completion/pods.js';
import { CommandError, UsageError } from '../errors.js';
import { objectOf, podOf } from '../pods/choose.js';

/** `kubectl port-forward`: a place only; it checks what it is given and forwards nothing yet. */
export const portForward: Command = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  complete: completePods(false),
  run: function* (session, _flags, args) {
    if (args.length < 2)
      throw new UsageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
    const { pod } = yield* podOf(session, yield* objectOf(session, args[0] as string), 'cannot attach to');
    const phase = pod.status?.phase ?? '';
    if (phase !== 'Running')
      throw new CommandError(`unable to forward port because pod is not running. Current status=${phase}`);
    throw new CommandError(
      'unable to listen on any of the requested ports: port-forward is not part of this simulation yet',
    );
  },
};
