import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completePods } from '../completion/pods.js';
import { CommandError, plainText, UsageError } from '../errors.js';
import { chooseContainer, objectOf, podOf } from '../pods/choose.js';
import { checkLogFlags, copyLog, type LogRequest, logQuery } from '../pods/logs.js';
import { listError } from '../resource/selection.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';

const USAGE = `expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.
POD or TYPE/NAME is a required argument for the logs command`;

/** `kubectl logs`. */
export const logs: Command = {
  name: 'logs',
  short: 'Print the logs for a container in a pod',
  complete: completePods(true),
  run: runLogs,
};

function* runLogs(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  const selector = flags.text('selector');
  if ((args.length === 0 && selector === '') || args.length > 2) throw new UsageError('logs', USAGE);
  if (args.length === 1 && selector !== '')
    throw new UsageError('logs', 'only a selector (-l) or a POD name is allowed');
  const container = args[1] ?? flags.text('container');
  const query = logQuery(session);
  const pods = yield* podsOf(session, flags, args);
  checkLogFlags(session);
  if (flags.bool('all-containers') && container !== '') {
    throw new CommandError(`--all-containers=true should not be specified with container name ${container}`);
  }
  if (flags.has('container') && args.length === 2)
    throw new CommandError('only one of -c or an inline [CONTAINER] arg is allowed');
  const requests: LogRequest[] = [];
  for (const pod of pods) requests.push(...(yield* requestsOf(session, flags, pod, container)));
  yield* consume(session, flags, requests, query);
}

function* podsOf(session: Session, flags: Flags, args: readonly string[]): Waiting<readonly Pod[]> {
  const { name: namespace } = session.namespace();
  const selector = flags.text('selector');
  if (selector !== '') {
    let items: readonly Pod[];
    try {
      ({ items } = yield* session.rest().list<Pod>(RESOURCES.pods, namespace, { labelSelector: selector }));
    } catch (error) {
      throw listError(error, { selector }, RESOURCES.pods);
    }
    if (items.length === 0) yield* session.err(`No resources found in ${namespace} namespace.\n`);
    return items;
  }
  let object: KubeObject;
  try {
    object = yield* objectOf(session, args[0] as string);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CommandError(`error from server (NotFound): ${error.message} in namespace ${goQuote(namespace)}`);
  }
  const { pod, others } = yield* podOf(session, object, 'cannot get the logs from');
  if (flags.bool('all-pods')) return [pod, ...others];
  if (others.length > 0) yield* session.err(`Found ${others.length + 1} pods, using pod/${pod.metadata.name}\n`);
  return [pod];
}

function* requestsOf(session: Session, flags: Flags, pod: Pod, container: string): Waiting<LogRequest[]> {
  if (!flags.bool('all-containers')) {
    return [{ pod, container: yield* chooseContainer(session, pod, container, flags.bool('all-pods')) }];
  }
  const ephemeral = (pod.spec as { ephemeralContainers?: { name: string }[] }).ephemeralContainers ?? [];
  return [...(pod.spec.initContainers ?? []), ...pod.spec.containers, ...ephemeral].map(({ name }) => ({
    pod,
    container: name,
  }));
}

function* consume(session: Session, flags: Flags, requests: readonly LogRequest[], query: Query): Waiting<void> {
  const prefix = flags.bool('prefix') || flags.bool('all-pods');
  const most = flags.number('max-log-requests');
  if (!flags.bool('follow') || requests.length < 2) {
    for (const request of requests) yield* copyOne(session, flags, request, query, prefix);
    return;
  }
  if (requests.length > most) {
    throw new CommandError(
      `you are attempting to follow ${requests.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
    );
  }
  const finished = new WaitQueue();
  const errors: unknown[] = [];
  let left = requests.length;
  for (const request of requests) {
    session.sys.thread(function* () {
      try {
        yield* copyOne(session, flags, request, query, prefix);
      } catch (error) {
        errors.push(error);
      }
      left -= 1;
      finished.wakeAll();
    });
  }
  while (left > 0 && errors.length === 0) yield finished;
  if (errors.length > 0) throw errors[0];
}

function* copyOne(session: Session, flags: Flags, request: LogRequest, query: Query, prefix: boolean): Waiting<void> {
  try {
    yield* copyLog(session, request, query, prefix);
  } catch (error) {
    if (!flags.bool('ignore-errors')) throw error;
    yield* session.out(`error: ${plainText(error)}\n`);
  }
}
