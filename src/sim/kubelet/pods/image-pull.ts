import { formatDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import { withDefaultTag } from '../../api/image-reference.js';
import type { CriImage } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import { Backoff } from './backoff.js';

/** Why a container has no image; `reason` and `message` are what it waits with. */
export class ImageError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Brings images to the node when containers need them, one pull after another (serializeImagePulls). */
export class ImagePuller {
  readonly backoff = new Backoff();
  private readonly context: KubeletContext;
  private readonly lastError = new Map<string, string>();
  private readonly turn = new WaitQueue();
  private busy = false;

  constructor(context: KubeletContext) {
    this.context = context;
  }

  /** The image of a container, pulled when its policy says so. Throws `ImageError`. */
  *ensure(pod: Pod, container: Container): Waiting<CriImage> {
    const { cri, recorder } = this.context;
    const asked = container.image ?? '';
    const image = withDefaultTag(asked);
    const reference = containerReference(pod, container);
    if (image === undefined) {
      const message = `Failed to apply default image tag ${goQuote(asked)}: couldn't parse image name ${goQuote(asked)}: invalid reference format`;
      recorder.event(reference, 'Warning', 'InspectFailed', message);
      throw new ImageError('InvalidImageName', message);
    }
    const policy = container.imagePullPolicy ?? defaultPolicy(image);
    if (policy !== 'Always') {
      const { image: present } = yield* cri.call('ImageStatus', { image });
      if (present) {
        const message = `Container image ${goQuote(asked)} already present on machine and can be accessed by the pod`;
        recorder.event(reference, 'Normal', 'Pulled', message);
        return present;
      }
      if (policy === 'Never') {
        const message = `Container image ${goQuote(asked)} is not present with pull policy of Never`;
        recorder.event(reference, 'Warning', 'ErrImageNeverPull', message);
        throw new ImageError('ErrImageNeverPull', message);
      }
    }
    return yield* this.pull(pod, container, asked, image);
  }

  forget(pod: Pod): void {
    this.backoff.forget(`${pod.metadata.uid}_`);
    for (const key of [...this.lastError.keys()])
      if (key.startsWith(`${pod.metadata.uid}_`)) this.lastError.delete(key);
  }

  private *pull(pod: Pod, container: Container, asked: string, image: string): Waiting<CriImage> {
    const { cri, recorder, sys } = this.context;
    const reference = containerReference(pod, container);
    const key = `${pod.metadata.uid}_${asked}`;
    if (this.backoff.isWaiting(key, sys.now())) {
      const message = `Back-off pulling image ${goQuote(asked)}`;
      recorder.event(reference, 'Normal', 'BackOff', message);
      const last = this.lastError.get(key);
      throw new ImageError('ImagePullBackOff', last === undefined ? message : `${message}: ${last}`);
    }
    recorder.event(reference, 'Normal', 'Pulling', `Pulling image ${goQuote(asked)}`);
    const asking = sys.now();
    while (this.busy) yield this.turn;
    this.busy = true;
    const started = sys.now();
    try {
      const { imageRef } = yield* cri.call('PullImage', { image });
      const { image: pulled } = yield* cri.call('ImageStatus', { image: imageRef });
      if (!pulled) throw new CriError(`image ${image} is gone`);
      const now = sys.now();
      const [took, waited] = [now - started, now - asking].map((span) => formatDuration(truncate(span)));
      recorder.event(
        reference,
        'Normal',
        'Pulled',
        `Successfully pulled image ${goQuote(asked)} in ${took} (${waited} including waiting). Image size: ${pulled.size} bytes.`,
      );
      return pulled;
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      recorder.event(reference, 'Warning', 'Failed', `Failed to pull image ${goQuote(asked)}: ${error.grpc}`);
      this.backoff.next(key, sys.now());
      this.lastError.set(key, `ErrImagePull: ${error.grpc}`);
      throw new ImageError('ErrImagePull', error.grpc);
    } finally {
      this.busy = false;
      this.turn.wakeAll();
    }
  }
}

function truncate(span: number): number {
  return span - (span % MILLISECOND);
}

/** The default the API server sets; static pods come without. */
function defaultPolicy(image: string): string {
  return image.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}
