import type { CriImage } from '../../api/types/cri.js';
import type { Micros } from '../../kernel/time.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { nodeDisk } from '../stats/collect.js';

/** How often kubelet looks whether images are to go (ImageGCPeriod). */
const PERIOD = 5 * MINUTE;

interface Seen {
  readonly firstSeen: Micros;
  lastUsed: Micros;
}

/** Removes images that nobody uses once the disk is too full (images image_gc_manager.go). */
export class ImageCollector {
  private readonly context: KubeletContext;
  private readonly seen = new Map<string, Seen>();

  constructor(context: KubeletContext) {
    this.context = context;
  }

  /** The thread that looks. */
  *work(): Waiting<void> {
    const { sys } = this.context;
    for (;;) {
      yield* this.look();
      yield* sys.sleep(PERIOD);
    }
  }

  private *look(): Waiting<void> {
    const { sys, config, log, recorder, nodeName } = this.context;
    const { capacityBytes, availableBytes } = nodeDisk(sys);
    const usage = 100 - Math.trunc((availableBytes * 100) / Math.max(1, capacityBytes));
    const unused = yield* this.unused();
    if (config.imageGCHighThresholdPercent >= 100 || usage < config.imageGCHighThresholdPercent) return;
    const wanted = Math.trunc((capacityBytes * (100 - config.imageGCLowThresholdPercent)) / 100) - availableBytes;
    log.info(
      'image_gc_manager.go:383',
      'Disk usage on image filesystem is over the high threshold, trying to free bytes down to the low threshold',
      {
        usage,
        highThreshold: config.imageGCHighThresholdPercent,
        amountToFree: wanted,
        lowThreshold: config.imageGCLowThresholdPercent,
      },
    );
    let freed = 0;
    for (const image of unused) {
      if (freed >= wanted) break;
      yield* this.context.cri.call('RemoveImage', { image: image.id });
      freed += image.size;
    }
    if (freed >= wanted) return;
    const node = { kind: 'Node', name: nodeName, uid: nodeName };
    const message = `Failed to garbage collect required amount of images. Attempted to free ${wanted} bytes, but only found ${freed} bytes eligible to free.`;
    recorder.event(node, 'Warning', 'FreeDiskSpaceFailed', message);
    log.error('kubelet.go:1725', message, 'Image garbage collection failed multiple times in a row');
  }

  /** Images that are old enough and run nowhere, those first that were used longest ago. */
  private *unused(): Waiting<CriImage[]> {
    const { sys, cri, config } = this.context;
    const now = sys.now();
    const { images } = yield* cri.call('ListImages', {});
    const inUse = yield* imagesInUse(this.context);
    for (const { id } of images) {
      const known = this.seen.get(id) ?? { firstSeen: now, lastUsed: 0 };
      if (inUse(id)) known.lastUsed = now;
      this.seen.set(id, known);
    }
    const seen = (id: string) => this.seen.get(id) as Seen;
    return images
      .filter(({ id }) => !inUse(id) && now - seen(id).firstSeen >= config.imageMinimumGCAge)
      .sort((one, other) => seen(one.id).lastUsed - seen(other.id).lastUsed);
  }
}

/** Removes all images that no container uses. */
export function* deleteUnusedImages(context: KubeletContext): Waiting<void> {
  const { images } = yield* context.cri.call('ListImages', {});
  const inUse = yield* imagesInUse(context);
  for (const { id } of images) if (!inUse(id)) yield* context.cri.call('RemoveImage', { image: id });
}

/** Containers use images, also when they are over; the sandboxes' own image is never in the way. */
function* imagesInUse({ cri }: KubeletContext): Waiting<(id: string) => boolean> {
  const { containers } = yield* cri.call('ListContainers', {});
  const used = new Set(containers.map(({ config }) => config.imageRef));
  const { images } = yield* cri.call('ListImages', {});
  for (const { id, repoTags } of images)
    if (repoTags.some((tag) => tag.startsWith('registry.k8s.io/pause:'))) used.add(id);
  return (id) => used.has(id);
}
