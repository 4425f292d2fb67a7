import { compareText } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { isPodReady } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import { RESOURCES } from '../../client/resource-types.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText, UsageError } from '../errors.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { goTypeName } from '../workload/pod-spec.js';
import { defaultedText, noContainer, selectorTextOf } from './selector-of.js';

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';
const PHASES: Readonly<Record<string, number>> = { Running: 0, Unknown: 1, Pending: 2 };

/** The object a POD or TYPE/NAME argument means. */
export function* objectOf(session: Session, word: string): Waiting<KubeObject> {
  const selection = yield* select(session, { args: [word.includes('/') ? word : `pods/${word}`], typed: true });
  const [info] = yield* selection.infos();
  return info?.object as KubeObject;
}

/** Refuses a --pod-running-timeout that is none. */
export function checkPodTimeout({ flags, path }: Session): void {
  if (flags.duration('pod-running-timeout') <= 0)
    throw new UsageError(path, '--pod-running-timeout must be higher than zero');
}

/** The pod itself, or those an object has, the best by itself; waits for one as long as --pod-running-timeout says. */
export function* podOf(
  session: Session,
  object: KubeObject,
  purpose: string,
): Waiting<{ pod: Pod; others: readonly Pod[] }> {
  if (object.kind === 'Pod') return { pod: object as unknown as Pod, others: [] };
  let selector: string;
  try {
    selector = selectorTextOf(object);
  } catch (error) {
    throw new CommandError(`${purpose} ${goTypeName(object)}: ${plainText(error)}`);
  }
  const until = session.now() + session.flags.duration('pod-running-timeout');
  for (;;) {
    const { items } = yield* session
      .rest()
      .list<Pod>(RESOURCES.pods, object.metadata.namespace, { labelSelector: selector });
    const [pod, ...others] = [...items].sort(byUse);
    if (pod) return { pod, others };
    if (session.now() >= until) throw new CommandError('timed out waiting for the condition');
    yield* session.sys.sleep(SECOND);
  }
}

/** Pods that say most first: on a node, running, ready, older. */
function byUse(a: Pod, b: Pod): number {
  const assigned = Number(!a.spec.nodeName) - Number(!b.spec.nodeName);
  const phase = (PHASES[a.status?.phase ?? ''] ?? 3) - (PHASES[b.status?.phase ?? ''] ?? 3);
  const ready = Number(!isPodReady(a)) - Number(!isPodReady(b));
  return (
    assigned || phase || ready || compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '')
  );
}

/** All containers of a pod as messages list them. */
export function containerNames({ spec }: Pod): string {
  const mark = (list: readonly { name: string }[] | undefined, tail: string): string[] =>
    (list ?? []).map(({ name }) => name + tail);
  const ephemeral = (spec as { ephemeralContainers?: { name: string }[] }).ephemeralContainers;
  return [...mark(spec.containers, ''), ...mark(ephemeral, ' (ephem)'), ...mark(spec.initContainers, ' (init)')].join(
    ', ',
  );
}

/** Whether a pod has a container of a name. */
export function hasContainer(pod: Pod, name: string): boolean {
  const ephemeral = (pod.spec as { ephemeralContainers?: { name: string }[] }).ephemeralContainers ?? [];
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...ephemeral].some((each) => each.name === name);
}

/** The container that is meant: the one named, the pod's default, or the first, which is then said. */
export function* chooseContainer(session: Session, pod: Pod, name: string, quiet = false): Waiting<string> {
  const wanted = name || (pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? '');
  if (wanted !== '') {
    if (!hasContainer(pod, wanted)) throw noContainer(wanted, pod.metadata.name ?? '', containerNames(pod));
    return wanted;
  }
  const first = pod.spec.containers[0]?.name ?? '';
  const isOnly = containerNames(pod) === first;
  if (!quiet && !isOnly) yield* session.err(defaultedText(first, containerNames(pod)));
  return first;
}
