import type { Pod } from '../../api/types/pod.js';
import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Session } from '../session.js';
import { runRemote, usableTty } from './remote.js';

/** What attaching needs to know. */
export interface AttachOptions {
  readonly container: string;
  readonly stdin: boolean;
  readonly tty: boolean;
  readonly quiet: boolean;
  /** The command that attaches anew, for the hint at the end. */
  readonly commandName: string;
}

/** Joins the process of a container until it ends. */
export function* attachTo(session: Session, pod: Pod, options: AttachOptions): Waiting<void> {
  const { containers, initContainers = [], ephemeralContainers = [] } = pod.spec;
  const spec = [...containers, ...initContainers, ...ephemeralContainers].find(
    ({ name }) => name === options.container,
  );
  let wanted = options.tty;
  if (wanted && spec?.tty !== true) {
    wanted = false;
    if (!options.quiet)
      yield* session.err(`error: Unable to use a TTY - container ${options.container} did not allocate one\n`);
  } else if (spec?.tty === true) wanted = true;
  const tty = yield* usableTty(session, options.stdin, wanted, options.quiet);
  if (!options.quiet) {
    yield* session.err(
      "All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.\nIf you don't see a command prompt, try pressing enter.\n",
    );
  }
  const query = new URLSearchParams({ container: options.container });
  if (options.stdin) query.append('stdin', 'true');
  query.append('stdout', 'true');
  if (tty) query.append('tty', 'true');
  else query.append('stderr', 'true');
  yield* runRemote(
    session,
    `${objectPath(RESOURCES.pods, pod.metadata.name ?? '', pod.metadata.namespace, 'attach')}?${query}`,
    {
      stdin: options.stdin,
      tty,
    },
  );
  if (options.quiet || !options.stdin || !tty) return;
  const { name, namespace } = pod.metadata;
  const again = `'${options.commandName} ${name} -c ${options.container} -n ${namespace} -i -t'`;
  yield* session.out(
    spec && ephemeralContainers.includes(spec)
      ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${again} if it is still running\n`
      : `Session ended, resume using ${again} command\n`,
  );
}
