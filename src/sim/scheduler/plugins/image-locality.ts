import type { NodeInfo } from '../node-info.js';
import { type Cycle, MAX_SCORE, type Plugin } from '../plugin.js';

const MEBIBYTE = 1024 * 1024;
const THRESHOLD_MIN = 23 * MEBIBYTE;
const THRESHOLD_MAX_PER_CONTAINER = 1000 * MEBIBYTE;

/** On how many of the nodes an image is; the list of nodes is another one when images come or go. */
const counted = new WeakMap<readonly NodeInfo[], ReadonlyMap<string, number>>();

/** Prefers nodes that have the pod's images; an image that few nodes have counts less, lest they run hot. */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  prepareScore: (cycle) => {
    const { spec } = cycle.pod.pod;
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    const images = containers.map(({ image = '' }) => withTag(image));
    const holders = imageHolders(cycle);
    // Nobody has any of them: all nodes are alike.
    if (!images.some((image) => holders.has(image))) return undefined;
    const most = THRESHOLD_MAX_PER_CONTAINER * containers.length;
    const weights = new Map(images.map((image) => [image, (holders.get(image) ?? 0) / cycle.nodes.length]));
    return {
      score: (node) => {
        const sum = images.reduce((total, image) => {
          return total + Math.trunc((node.imageSize(image) ?? 0) * (weights.get(image) ?? 0));
        }, 0);
        const bounded = Math.min(Math.max(sum, THRESHOLD_MIN), most);
        return Math.trunc((MAX_SCORE * (bounded - THRESHOLD_MIN)) / (most - THRESHOLD_MIN));
      },
    };
  },
};

function imageHolders({ nodes, journal }: Cycle): ReadonlyMap<string, number> {
  const known = journal && counted.get(nodes);
  if (known) return known;
  const holders = new Map<string, number>();
  for (const node of nodes) for (const image of node.imageNames) holders.set(image, (holders.get(image) ?? 0) + 1);
  if (journal) counted.set(nodes, holders);
  return holders;
}

function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
