import { formatDuration } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import {
  type ImageReference,
  imageReferenceError,
  imageRepository,
  parseImageReference,
  withDefaultTag,
} from '../../api/image-reference.js';
import type { CriImage } from '../../api/types/cri.js';
import type { ObjectReference } from '../../api/types/event.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { containerReference } from '../context.js';
import { Backoff } from './backoff.js';
import { PullRecords } from './pull-records.js';
import { type PullCredential, pullCredentials } from './pull-secrets.js';
import { PullTurns } from './pull-turns.js';

/** Why a container has no image; `reason` and `message` are what it waits with. */
export class ImageError extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One container's wish for an image. */
interface Wish {
  readonly pod: Pod;
  readonly reference: ObjectReference;
  /** As the pod says it. */
  readonly asked: string;
  /** With a tag. */
  readonly image: string;
  readonly name: ImageReference;
}

/** Brings images to the node when containers need them (pkg/kubelet/images). */
export class ImagePuller {
  readonly backoff = new Backoff();
  private readonly context: KubeletContext;
  private readonly lastError = new Map<string, string>();
  private readonly turns: PullTurns;
  private readonly records: PullRecords;

  constructor(context: KubeletContext) {
    this.context = context;
    this.turns = new PullTurns(context.config.given);
    this.records = new PullRecords(context.sys, context.config.given);
  }

  /** The image of a container, pulled when its policy says so. Throws `ImageError`. */
  *ensure(
    pod: Pod,
    container: Pick<Container, 'name' | 'image' | 'imagePullPolicy'>,
    reference: Pod | ObjectReference = containerReference(pod, container),
  ): Waiting<CriImage> {
    const asked = container.image ?? '';
    const image = withDefaultTag(asked);
    const name = parseImageReference(asked);
    if (image === undefined || name === undefined) {
      const why = `couldn't parse image name ${goQuote(asked)}: ${imageReferenceError(asked)}`;
      const message = `Failed to apply default image tag ${goQuote(asked)}: ${why}`;
      this.context.recorder.event(reference, 'Warning', 'InspectFailed', message);
      throw new ImageError('InvalidImageName', message);
    }
    const wish = { pod, reference, asked, image, name };
    const credentials = yield* this.credentials(wish);
    const policy = container.imagePullPolicy ?? defaultPolicy(image);
    const present = policy === 'Always' ? undefined : yield* this.present(wish, credentials);
    if (present) return present;
    if (policy === 'Never') {
      const message = `Container image ${goQuote(asked)} is not present with pull policy of Never`;
      this.context.recorder.event(reference, 'Warning', 'ErrImageNeverPull', message);
      throw new ImageError('ErrImageNeverPull', message);
    }
    return yield* this.pull(wish, credentials);
  }

  forget(pod: Pod): void {
    this.backoff.forget(`${pod.metadata.uid}_`);
    for (const key of [...this.lastError.keys()])
      if (key.startsWith(`${pod.metadata.uid}_`)) this.lastError.delete(key);
  }

  private *credentials({ pod, name }: Wish): Waiting<PullCredential[]> {
    if (!pod.spec.imagePullSecrets?.length) return [];
    try {
      return yield* pullCredentials(this.context, pod, imageRepository(name));
    } catch (error) {
      if (!(error instanceof Error) || error instanceof CriError) throw error;
      throw new ImageError(error.message, error.message);
    }
  }

  /** The image when it is on the node and this pod may use it. */
  private *present(
    { reference, asked, image, name }: Wish,
    credentials: readonly PullCredential[],
  ): Waiting<CriImage | undefined> {
    const { cri, recorder } = this.context;
    const { image: present } = yield* cri.call('ImageStatus', { image });
    if (!present || this.records.mustPull(asked, name, present.id, credentials)) return undefined;
    const message = `Container image ${goQuote(asked)} already present on machine and can be accessed by the pod`;
    recorder.event(reference, 'Normal', 'Pulled', message);
    return present;
  }

  private *pull(wish: Wish, credentials: readonly PullCredential[]): Waiting<CriImage> {
    const { recorder, sys } = this.context;
    const { pod, reference, asked } = wish;
    const key = `${pod.metadata.uid}_${asked}`;
    this.intend(asked);
    if (this.backoff.isWaiting(key, sys.now())) {
      const message = `Back-off pulling image ${goQuote(asked)}`;
      recorder.event(reference, 'Normal', 'BackOff', message);
      this.records.failed(asked);
      const last = this.lastError.get(key);
      throw new ImageError('ImagePullBackOff', last === undefined ? message : `${message}: ${last}`);
    }
    this.lastError.delete(key);
    recorder.event(reference, 'Normal', 'Pulling', `Pulling image ${goQuote(asked)}`);
    const asking = sys.now();
    yield* this.turns.take();
    const started = sys.now();
    try {
      const { image: pulled, credential } = yield* this.fetch(wish, credentials);
      const now = sys.now();
      const [took, waited] = [now - started, now - asking].map((span) => formatDuration(truncate(span)));
      const message = `Successfully pulled image ${goQuote(asked)} in ${took} (${waited} including waiting). Image size: ${pulled.size} bytes.`;
      recorder.event(reference, 'Normal', 'Pulled', message);
      this.records.pulled(asked, wish.name, pulled.id, credential);
      return pulled;
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      const words = pullWords(error);
      recorder.event(reference, 'Warning', 'Failed', `Failed to pull image ${goQuote(asked)}: ${words}`);
      this.backoff.next(key, sys.now(), sys.now());
      this.lastError.set(key, `ErrImagePull: ${words}`);
      this.records.failed(asked);
      throw new ImageError('ErrImagePull', words);
    } finally {
      this.turns.give();
    }
  }

  private intend(asked: string): void {
    try {
      this.records.intend(asked);
    } catch (error) {
      if (!isErrno(error)) throw error;
      const why = `failed to record image pull intent: ${error.message.toLowerCase()}`;
      const message = `Failed to record image pull intent for container image ${goQuote(asked)}: ${why}`;
      throw new ImageError(why, message);
    }
  }

  /** One try with each credential there is, or one without any. Throws `CriError`. */
  private *fetch(
    { image }: Wish,
    credentials: readonly PullCredential[],
  ): Waiting<{ image: CriImage; credential: PullCredential | undefined }> {
    const { cri } = this.context;
    const failures: CriError[] = [];
    for (const credential of credentials.length > 0 ? credentials : [undefined]) {
      const auth = credential && { username: credential.username, password: credential.password };
      try {
        const { imageRef } = yield* cri.call('PullImage', { image, auth });
        const { image: pulled } = yield* cri.call('ImageStatus', { image: imageRef });
        if (!pulled) throw new CriError(`image ${image} is gone`);
        return { image: pulled, credential };
      } catch (error) {
        if (!(error instanceof CriError)) throw error;
        failures.push(error);
      }
    }
    const [first] = failures;
    const words = [...new Set(failures.map(pullWords))];
    if (first && words.length === 1) throw first;
    throw new CriError(`[${words.join(', ')}]`);
  }
}

/** A refusal as kubelet tells it: gRPC's code is left out where it says nothing. */
function pullWords(error: CriError): string {
  return error.code === 'Unknown' ? error.message : error.grpc;
}

function truncate(span: number): number {
  return span - (span % MILLISECOND);
}

/** The default the API server sets; static pods come without. */
function defaultPolicy(image: string): string {
  return image.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}
