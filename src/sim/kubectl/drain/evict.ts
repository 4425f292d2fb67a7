import { formatDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import { hasReason, isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import { objectPath } from '../../client/paths.js';
import { RESOURCES } from '../../client/resource-types.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import { CommandError, plainText } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import type { Session } from '../session.js';

const RETRY: Micros = 5 * SECOND;
const POLL: Micros = SECOND;

/** Evicts pods side by side and waits until all are gone. Answers what went wrong. */
export function* evictPods(session: Session, pods: readonly Pod[]): Waiting<unknown[]> {
  const errors: unknown[] = [];
  const finished = new WaitQueue();
  let left = pods.length;
  const until = deadline(session);
  for (const pod of pods) {
    session.sys.thread(function* () {
      try {
        if (session.flags.bool('disable-eviction')) yield* deleteOne(session, pod, until);
        else yield* evictOne(session, pod, until);
      } catch (error) {
        errors.push(error);
      }
      left -= 1;
      finished.wakeAll();
    });
  }
  while (left > 0) yield finished;
  return errors;
}

function deadline(session: Session): Micros {
  const timeout = session.flags.duration('timeout');
  return timeout === 0 ? Number.POSITIVE_INFINITY : session.now() + timeout;
}

function deleteOptions(session: Session): object {
  const grace = session.flags.number('grace-period');
  return {
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(dryRunOf(session) === 'server' ? { dryRun: ['All'] } : {}),
  };
}

function* evictOne(session: Session, pod: Pod, until: Micros): Waiting<void> {
  const { name = '', namespace = '' } = pod.metadata;
  const what = `pods/${goQuote(name)} -n ${goQuote(namespace)}`;
  const server = dryRunOf(session) === 'server';
  const object = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name, namespace },
    deleteOptions: deleteOptions(session),
  };
  for (;;) {
    yield* session.out(`evicting pod ${namespace}/${name}${server ? ' (server dry run)' : ''}\n`);
    if (session.now() >= until) {
      throw new CommandError(
        `error when evicting ${what}: global timeout reached: ${formatDuration(session.flags.duration('timeout'))}`,
      );
    }
    try {
      yield* session
        .rest()
        .send({ method: 'POST', path: objectPath(RESOURCES.pods, name, namespace, 'eviction'), object });
      break;
    } catch (error) {
      if (isNotFound(error)) return;
      if (!hasReason(error, 'TooManyRequests'))
        throw new CommandError(`error when evicting ${what}: ${plainText(error)}`);
      yield* session.err(
        `error when evicting ${what} (will retry after ${formatDuration(RETRY)}): ${plainText(error)}\n`,
      );
      yield* session.sys.sleep(RETRY);
    }
  }
  if (!server) yield* waitGone(session, pod, until, 'evicted');
}

function* deleteOne(session: Session, pod: Pod, until: Micros): Waiting<void> {
  const { name = '', namespace = '' } = pod.metadata;
  try {
    yield* session.rest().delete(RESOURCES.pods, name, namespace, deleteOptions(session));
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  yield* waitGone(session, pod, until, 'deleted');
}

function* waitGone(session: Session, pod: Pod, until: Micros, word: string): Waiting<void> {
  const { name = '', namespace = '', uid } = pod.metadata;
  for (;;) {
    try {
      const found = yield* session.rest().get<Pod>(RESOURCES.pods, name, namespace);
      if (found.metadata.uid !== uid) break;
    } catch (error) {
      if (isNotFound(error)) break;
      throw new CommandError(
        `error when waiting for pod ${goQuote(name)} in namespace ${goQuote(namespace)} to terminate: ${plainText(error)}`,
      );
    }
    if (session.now() + POLL > until) {
      const span = formatDuration(session.flags.duration('timeout'));
      throw new CommandError(
        `error when waiting for pod ${goQuote(name)} in namespace ${goQuote(namespace)} to terminate: global timeout reached: ${span}`,
      );
    }
    yield* session.sys.sleep(POLL);
  }
  yield* new WritePrinter(session, dryRunOf(session)).print({ ...pod, apiVersion: 'v1', kind: 'Pod' }, word);
}
