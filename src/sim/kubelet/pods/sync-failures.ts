import { goQuote } from '../../api/go-text.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { podText } from '../context.js';
import type { KubeletLog } from '../log.js';
import type { WaitingReason } from './worker-state.js';

/** What went wrong while a pod was brought to what it should be; told in kubelet's journal when the sync is over. */
export class SyncFailures {
  private readonly words: string[] = [];

  /** An action on a part of the pod that failed (PodSyncResult). */
  action(action: 'StartContainer' | 'CreatePodSandbox', target: string, { reason, message }: WaitingReason): void {
    this.words.push(`failed to ${goQuote(action)} for ${goQuote(target)} with ${reason}: ${goQuote(message)}`);
  }

  /** What kept kubelet from beginning. */
  reason(words: string): void {
    this.words.push(words);
  }

  /** Writes what there is, once, and forgets it. */
  tell(log: KubeletLog, { metadata: { name, namespace, uid = '' } }: Pod): void {
    const words = [...new Set(this.words.splice(0))];
    if (words.length === 0) return;
    const error = words.length === 1 ? (words[0] ?? '') : `[${words.join(', ')}]`;
    const fields = { pod: `${namespace}/${name}`, podUID: uid };
    log.error('pod_workers.go:1324', error, 'Error syncing pod, skipping', fields);
  }
}

/** Tells at once why a container did not start; of a pull that is put off the event is enough. */
export function tellStartFailure(
  log: KubeletLog,
  pod: Pod,
  { name }: Container,
  { reason, message }: WaitingReason,
): void {
  if (reason === 'ImagePullBackOff') return;
  const isOne = (list: readonly Container[] | undefined) => list?.some((container) => container.name === name);
  const { ephemeralContainers, initContainers } = pod.spec;
  const type = isOne(initContainers)
    ? 'init container'
    : isOne(ephemeralContainers)
      ? 'ephemeral container'
      : 'container';
  const words = `${type} ${name} start failed in pod ${podText(pod)}: ${reason}: ${message}`;
  log.error('kuberuntime_manager.go:1727', words, 'Unhandled Error', { logger: 'UnhandledError' });
}
