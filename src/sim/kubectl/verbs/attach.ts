import type { Command } from '../cobra/command.js';
import { completePods } from '../completion/pods.js';
import { CommandError } from '../errors.js';
import { checkPodTimeout, chooseContainer, containerNames, hasContainer, objectOf, podOf } from '../pods/choose.js';
import { noContainer } from '../pods/selector-of.js';
import { attachTo } from '../streams/attach.js';

/** `kubectl attach`. */
export const attach: Command = {
  name: 'attach',
  short: 'Attach to a running container',
  complete: completePods(false),
  run: function* (session, flags, args) {
    checkPodTimeout(session);
    if (args.length === 0) throw new CommandError('at least 1 argument is required for attach');
    if (args.length > 2) {
      throw new CommandError(
        `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${args.length}: [${args.join(' ')}]`,
      );
    }
    const word = args.length === 2 ? args.join('/') : (args[0] as string);
    const { pod } = yield* podOf(session, yield* objectOf(session, word), 'cannot attach to');
    const phase = pod.status?.phase;
    if (phase === 'Succeeded' || phase === 'Failed') {
      throw new CommandError(`cannot attach a container in a completed pod; current phase is ${phase}`);
    }
    const quiet = flags.bool('quiet');
    const named = flags.text('container');
    if (named !== '' && !hasContainer(pod, named)) {
      const problem = noContainer(named, pod.metadata.name ?? '', containerNames(pod));
      throw new CommandError(`cannot attach to the container: ${problem.message}`);
    }
    const container = yield* chooseContainer(session, pod, named, quiet);
    yield* attachTo(session, pod, {
      container,
      stdin: flags.bool('stdin'),
      tty: flags.bool('tty'),
      quiet,
      commandName: 'kubectl attach',
    });
  },
};
