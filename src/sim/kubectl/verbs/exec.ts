import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completePods } from '../completion/pods.js';
import { CommandError, UsageError } from '../errors.js';
import { chooseContainer, containerNames, hasContainer, objectOf, podOf } from '../pods/choose.js';
import { noContainer } from '../pods/selector-of.js';
import { fileOptions } from '../resource/files.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { runRemote, usableTty } from '../streams/remote.js';

/** `kubectl exec`. */
export const exec: Command = {
  name: 'exec',
  short: 'Execute a command in a container',
  complete: completePods(false),
  run: runExec,
};

function* runExec(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const files = flags.list('filename');
  const resource = args.length > 0 && flags.dashAt !== 0 ? (args[0] as string) : '';
  if (flags.dashAt < 0 && (args.length > 1 || (args.length > 0 && files.length > 0))) {
    throw new UsageError('exec', 'exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead');
  }
  const command = flags.dashAt >= 0 ? args.slice(flags.dashAt) : [];
  if (resource === '' && files.length === 0) throw new CommandError('pod, type/name or --filename must be specified');
  if (command.length === 0) throw new CommandError('you must specify at least one command for the container');
  const object =
    resource === ''
      ? (yield* (yield* select(session, { files: fileOptions(session) })).infos())[0]?.object
      : yield* objectOf(session, resource);
  if (!object) throw new CommandError('pod, type/name or --filename must be specified');
  const { pod } = yield* podOf(session, object, 'cannot attach to');
  const phase = pod.status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') {
    throw new CommandError(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const named = flags.text('container');
  if (named !== '' && !hasContainer(pod, named)) throw noContainer(named, pod.metadata.name ?? '', containerNames(pod));
  const container = yield* chooseContainer(session, pod, named, flags.bool('quiet'));
  const stdin = flags.bool('stdin');
  const tty = yield* usableTty(session, stdin, flags.bool('tty'), flags.bool('quiet'));
  const query = new URLSearchParams();
  for (const word of command) query.append('command', word);
  query.append('container', container);
  if (stdin) query.append('stdin', 'true');
  query.append('stdout', 'true');
  if (tty) query.append('tty', 'true');
  else query.append('stderr', 'true');
  const path = `${objectPath(RESOURCES.pods, pod.metadata.name ?? '', pod.metadata.namespace, 'exec')}?${query}`;
  yield* runRemote(session, path, { stdin, tty });
}
