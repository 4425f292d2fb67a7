import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completePods } from '../completion/pods.js';
import { CommandError, UsageError } from '../errors.js';
import { checkPodTimeout, objectOf, podOf } from '../pods/choose.js';
import { Forwarder, readAddresses } from '../port-forward/forward.js';
import { portsOfPod, readPorts } from '../port-forward/ports.js';
import type { Session } from '../session.js';

/** `kubectl port-forward`. */
export const portForward: Command = {
  name: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  complete: completePods(false),
  run: runPortForward,
};

function* runPortForward(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (args.length < 2)
    throw new UsageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
  checkPodTimeout(session);
  const object = yield* objectOf(session, args[0] as string);
  const found = (yield* podOf(session, object, 'cannot attach to')).pod;
  const words = portsOfPod(args.slice(1), object, found);
  const pod = yield* session.rest().get<Pod>(RESOURCES.pods, found.metadata.name ?? '', session.namespace().name);
  const phase = pod.status?.phase ?? '';
  if (phase !== 'Running')
    throw new CommandError(`unable to forward port because pod is not running. Current status=${phase}`);
  const addresses = readAddresses(flags.list('address'));
  if (addresses.length === 0) throw new CommandError('you must specify at least 1 address');
  yield* new Forwarder(session, addresses, readPorts(words)).run(pod);
}
