import type { Pod } from '../../api/types/pod.js';
import { MINUTE } from '../../kernel/time.js';
import type { Admission } from '../admission/admission.js';
import type { KubeletContext } from '../context.js';
import { type PodResize, resizeWords } from './pod-resize.js';

/** Resizes that had no room are tried again this often, besides when a pod went. */
const RETRY = 3 * MINUTE;

/** One pod that asks for other resources than it was given. */
export interface ResizeCandidate {
  readonly resize: PodResize;
  /** Lets it run with what it asked for. */
  take(pod: Pod): void;
  /** Its conditions are not what they were. */
  told(): void;
}

/** Pods that ask for other resources while they run, until there is room for them (allocation manager). */
export class PendingResizes {
  private readonly context: Pick<KubeletContext, 'sys' | 'recorder'>;
  private readonly admission: (pod: Pod) => Admission;
  private readonly waiting = new Map<string, { pod: Pod; candidate: ResizeCandidate }>();
  private timed = false;

  /** `admission` says whether a pod has room beside the others. */
  constructor(context: Pick<KubeletContext, 'sys' | 'recorder'>, admission: (pod: Pod) => Admission) {
    this.context = context;
    this.admission = admission;
  }

  /** A pod changed: it may ask for something else, or not any more. */
  changed(pod: Pod, candidate: ResizeCandidate): void {
    const { uid = '' } = pod.metadata;
    if (!candidate.resize.isWanted(pod)) {
      this.waiting.delete(uid);
      candidate.resize.forget();
      return;
    }
    this.waiting.set(uid, { pod, candidate });
    this.retry();
  }

  gone(uid: string): void {
    this.waiting.delete(uid);
    this.retry();
  }

  /** Tries all that wait: the more important first. */
  retry(): void {
    const ordered = [...this.waiting].sort(([, { pod: one }], [, { pod: other }]) => priority(other) - priority(one));
    for (const [uid, { pod, candidate }] of ordered) this.attempt(uid, pod, candidate);
    this.retryLater();
  }

  private attempt(uid: string, pod: Pod, candidate: ResizeCandidate): void {
    const { sys, recorder } = this.context;
    const admission = this.admission(pod);
    if (!('refused' in admission)) {
      this.waiting.delete(uid);
      candidate.resize.allocate(pod, sys.now());
      recorder.event(pod, 'Normal', 'ResizeStarted', resizeWords('Pod resize started', pod, undefined));
      candidate.take(pod);
      return;
    }
    const { reason, message } = admission.refused;
    if (!candidate.resize.putOff(pod, 'Deferred', message, sys.now())) return;
    const words = resizeWords(`Pod resize ${reason}`, pod, undefined, message);
    recorder.event(pod, 'Warning', 'ResizeDeferred', words);
    candidate.told();
  }

  private retryLater(): void {
    if (this.timed || this.waiting.size === 0) return;
    this.timed = true;
    const { sys } = this.context;
    sys.thread(
      function* (this: PendingResizes) {
        yield* sys.sleep(RETRY);
        this.timed = false;
        this.retry();
      }.bind(this),
    );
  }
}

function priority({ spec }: Pod): number {
  return spec.priority ?? 0;
}
