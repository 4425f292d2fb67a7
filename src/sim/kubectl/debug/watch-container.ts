import { notFound, StatusError } from '../../api/status.js';
import type { ContainerStatus, Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, ExitError, plainText } from '../errors.js';
import { copyLog } from '../pods/logs.js';
import { openWatch } from '../resource/watch.js';
import { attachTo } from '../streams/attach.js';
import type { DebugOptions } from './options.js';

/** Waits until the debugging container runs and joins it; of one that is over already, or cannot be joined, its log is shown. */
export function* joinContainer(options: DebugOptions, created: Pod, container: string): Waiting<void> {
  const { session } = options;
  const pod = yield* untilBegun(options, created, container);
  if (statusOf(pod, container)?.state?.terminated) return yield* copyLog(session, { pod, container }, {}, false);
  try {
    yield* attachTo(session, pod, {
      container,
      stdin: options.stdin,
      tty: options.tty,
      quiet: options.quiet,
      commandName: 'kubectl attach',
    });
  } catch (error) {
    if (error instanceof ExitError) throw error;
    const why = plainText(error);
    yield* session.err(
      `warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${why}\n`,
    );
    yield* copyLog(session, { pod, container }, {}, false);
  }
}

/** Follows the pod until the container runs or is over, and tells why it does not yet. */
function* untilBegun(options: DebugOptions, { metadata }: Pod, container: string): Waiting<Pod> {
  const { session } = options;
  const { name = '', namespace = '' } = metadata;
  const query = { fieldSelector: `metadata.name=${name}` };
  const { items, metadata: list } = yield* session.rest().list<Pod>(RESOURCES.pods, namespace, query);
  const [first] = items;
  if (first && (yield* hasBegun(options, first, container))) return first;
  const watch = yield* openWatch(session, RESOURCES.pods, namespace, {
    ...query,
    resourceVersion: list.resourceVersion,
  });
  try {
    for (let change = yield* watch.next(); change !== undefined; change = yield* watch.next()) {
      if (change.type === 'DELETED') throw new StatusError(notFound({ group: '', resource: 'pods' }, ''));
      if (change.type === 'BOOKMARK' || change.type === 'ERROR') continue;
      const pod = change.object as unknown as Pod;
      if (yield* hasBegun(options, pod, container)) return pod;
    }
  } finally {
    watch.cancel();
  }
  throw new CommandError('watch closed before UntilWithoutRetry timeout');
}

function* hasBegun({ session, quiet }: DebugOptions, pod: Pod, container: string): Waiting<boolean> {
  const state = statusOf(pod, container)?.state;
  if (state?.running || state?.terminated) return true;
  const why = state?.waiting?.message ?? '';
  if (why !== '' && !quiet) yield* session.warn(`container ${container}: ${why}`);
  return false;
}

function statusOf({ status = {} }: Pod, container: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = status;
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].find(
    ({ name }) => name === container,
  );
}
