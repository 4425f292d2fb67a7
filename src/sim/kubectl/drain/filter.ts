import { controllerOf } from '../../api/owner-references.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { parseTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';

const DAEMON_SETS = { group: 'apps', version: 'v1', resource: 'daemonsets', kind: 'DaemonSet', namespaced: true };
const MIRROR = 'kubernetes.io/config.mirror';

/** What is to become of a pod: it goes or stays, with a warning or an objection that others may share. */
interface Judgement {
  readonly evict: boolean;
  readonly warning?: string;
  readonly error?: string;
}

/** The pods that shall go, what to warn of, and what stands in the way. */
export interface Judged {
  readonly pods: readonly Pod[];
  readonly warnings: string;
  readonly errors: readonly CommandError[];
}

/** Sorts a node's pods as drain does: finished, daemon set's, mirror pods, local data, bare ones. */
export function* judgePods(session: Session, pods: readonly Pod[]): Waiting<Judged> {
  const going: Pod[] = [];
  const warnings = new Map<string, string[]>();
  const errors = new Map<string, string[]>();
  for (const pod of pods) {
    const { evict, warning, error } = yield* judge(session, pod);
    const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
    if (evict) going.push(pod);
    if (warning !== undefined) warnings.set(warning, [...(warnings.get(warning) ?? []), name]);
    if (error !== undefined) errors.set(error, [...(errors.get(error) ?? []), name]);
  }
  return {
    pods: going,
    warnings: [...warnings].map(([text, names]) => `${text}: ${names.join(', ')}`).join('; '),
    errors: [...errors].map(([text, names]) => new CommandError(`cannot delete ${text}: ${names.join(', ')}`)),
  };
}

function* judge(session: Session, pod: Pod): Waiting<Judgement> {
  const { flags } = session;
  const phase = pod.status?.phase;
  const isFinished = phase === 'Succeeded' || phase === 'Failed';
  if (isLongDeleted(session, pod)) return { evict: false };
  const owner = controllerOf(pod);
  if (owner?.kind === 'DaemonSet' && owner.apiVersion === 'apps/v1' && !isFinished) {
    const orphaned = yield* daemonSetProblem(session, pod, owner.name);
    if (orphaned === undefined) {
      return flags.bool('ignore-daemonsets')
        ? { evict: false, warning: 'ignoring DaemonSet-managed Pods' }
        : { evict: false, error: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
    }
    if (!flags.bool('force') || !orphaned.missing) return { evict: false, error: orphaned.text };
  }
  if (pod.metadata.annotations?.[MIRROR] !== undefined) return { evict: false };
  if (isFinished) return { evict: true };
  if (pod.spec.volumes?.some((volume) => volume.emptyDir !== undefined)) {
    if (!flags.bool('delete-emptydir-data'))
      return { evict: false, error: 'Pods with local storage (use --delete-emptydir-data to override)' };
  }
  // The filter that comes last has the last word, so a controlled pod's earlier warning is lost.
  if (owner) return { evict: true };
  if (flags.bool('force')) return { evict: true, warning: 'deleting Pods that declare no controller' };
  return { evict: false, error: 'Pods that declare no controller (use --force to override)' };
}

function isLongDeleted(session: Session, pod: Pod): boolean {
  const seconds = session.flags.number('skip-wait-for-delete-timeout');
  const deleted = parseTime(pod.metadata.deletionTimestamp ?? '');
  return seconds > 0 && deleted !== undefined && Math.trunc((session.now() - deleted) / SECOND) > seconds;
}

function* daemonSetProblem(
  session: Session,
  pod: Pod,
  name: string,
): Waiting<{ text: string; missing: boolean } | undefined> {
  try {
    yield* session.rest().get(DAEMON_SETS, name, pod.metadata.namespace);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { text: error.message, missing: isNotFound(error) };
  }
}
