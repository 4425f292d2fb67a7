import type { ContainerImage } from '../../api/container-image.js';
import {
  formatImageReference,
  type ImageReference,
  imageRepository,
  parseImageReference,
} from '../../api/image-reference.js';
import type { CriAuth, CriImage } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { RuntimePort } from '../runtime-port.js';
import { pullRefusal } from './pull-words.js';
import type { RuntimeState } from './state.js';

const MEGABYTE = 1_000_000;

interface Pull {
  readonly done: WaitQueue;
  result: ContainerImage | CriError | undefined;
}

/** The images on a host, and how they come there. */
export class ImageStore {
  private readonly sys: Sys;
  private readonly port: RuntimePort;
  private readonly state: RuntimeState;
  private readonly pulls = new Map<string, Pull>();

  constructor(sys: Sys, port: RuntimePort, state: RuntimeState) {
    this.sys = sys;
    this.port = port;
    this.state = state;
  }

  /** The image on this host that a reference or an id names. */
  find(text: string): ContainerImage | undefined {
    for (const { image, tags, digests } of this.state.images.values()) {
      if (image.id === text || image.id === `sha256:${text}`) return image;
      if (/^[0-9a-f]{3,64}$/.test(text) && image.id.startsWith(`sha256:${text}`)) return image;
      if (tags.has(text) || digests.has(text)) return image;
    }
    const reference = parseImageReference(text);
    if (!reference) return undefined;
    const full = reference.digest
      ? `${imageRepository(reference)}@${reference.digest}`
      : formatImageReference(reference);
    for (const { image, tags, digests } of this.state.images.values())
      if (tags.has(full) || digests.has(full)) return image;
    return undefined;
  }

  list(): CriImage[] {
    return [...this.state.images.values()].map(({ image }) => this.view(image));
  }

  view(image: ContainerImage): CriImage {
    const held = this.state.images.get(image.id);
    const [user = ''] = (image.config.user ?? '').split(':');
    const numeric = /^\d+$/.test(user);
    return {
      id: image.id,
      repoTags: [...(held?.tags ?? [])],
      repoDigests: [...(held?.digests ?? [])],
      size: image.sizeBytes,
      uid: numeric ? Number(user) : undefined,
      username: numeric ? '' : user,
    };
  }

  remove(text: string): void {
    const image = this.find(text);
    if (image) this.state.images.delete(image.id);
  }

  /** Puts an image on the host without a pull, as when the machine was prepared. */
  keep(image: ContainerImage, reference: ImageReference): void {
    const held = this.state.images.get(image.id) ?? { image, tags: new Set<string>(), digests: new Set<string>() };
    if (reference.tag !== undefined && reference.digest === undefined) held.tags.add(formatImageReference(reference));
    held.digests.add(`${image.repository}@${image.digest}`);
    this.state.images.set(image.id, held);
  }

  /** Fetches an image; those who want the same one at the same time in the same name share one pull. Throws `CriError`. */
  *pull(text: string, auth?: CriAuth): Waiting<ContainerImage> {
    const reference = parseImageReference(text);
    if (!reference) throw new CriError(`failed to parse image reference "${text}": invalid reference format`);
    const key = `${formatImageReference(reference)} ${auth?.username ?? ''}:${auth?.password ?? ''}`;
    let pull = this.pulls.get(key);
    if (!pull) {
      const started: Pull = { done: new WaitQueue(), result: undefined };
      pull = started;
      this.pulls.set(key, started);
      this.sys.thread(() => this.fetch(key, reference, auth, started));
    }
    while (pull.result === undefined) yield pull.done;
    if (pull.result instanceof CriError) throw pull.result;
    return pull.result;
  }

  private *fetch(key: string, reference: ImageReference, auth: CriAuth | undefined, pull: Pull): Waiting<void> {
    const { registry, timing } = this.port;
    // An empty name and password are none.
    const credentials = auth && (auth.username !== '' || auth.password !== '') ? auth : undefined;
    const wanted = reference.digest ?? reference.tag ?? 'latest';
    const found = registry.find(imageRepository(reference), wanted, credentials);
    yield* this.sys.sleep(timing.pullBase);
    if ('refused' in found) {
      pull.result = pullRefusal(reference, found.refused, { nameserver: nameserverOf(this.sys) });
    } else {
      const held = this.state.images.has(found.id);
      if (!held) yield* this.sys.sleep(Math.ceil(found.sizeBytes / MEGABYTE) * timing.pullPerMegabyte);
      this.keep(found, reference);
      pull.result = found;
    }
    this.pulls.delete(key);
    pull.done.wakeAll();
  }
}

/** The first name server of the machine, as containerd's resolver names it when a host is not known there. */
function nameserverOf(sys: Sys): string | undefined {
  try {
    const text = Buffer.from(sys.readFile('/etc/resolv.conf')).toString('utf8');
    return /^nameserver\s+(\S+)/m.exec(text)?.[1];
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
