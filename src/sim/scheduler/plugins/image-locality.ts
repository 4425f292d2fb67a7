import type { Node } from '../../api/types/node.js';
import type { NodeInfo } from '../node-info.js';
import { MAX_SCORE, type Plugin } from '../plugin.js';

const MEBIBYTE = 1024 * 1024;
const THRESHOLD_MIN = 23 * MEBIBYTE;
const THRESHOLD_MAX_PER_CONTAINER = 1000 * MEBIBYTE;

/** Prefers nodes that have the pod's images; an image that few nodes have counts less, lest they run hot. */
export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  prepareScore: ({ pod: { pod }, nodes }) => {
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const images = containers.map(({ image = '' }) => withTag(image));
    const most = THRESHOLD_MAX_PER_CONTAINER * containers.length;
    const weights = new Map(images.map((image) => [image, holders(nodes, image) / nodes.length]));
    return {
      score: ({ node }) => {
        const sum = images.reduce((total, image) => {
          return total + Math.trunc((sizeOn(node, image) ?? 0) * (weights.get(image) ?? 0));
        }, 0);
        const bounded = Math.min(Math.max(sum, THRESHOLD_MIN), most);
        return Math.trunc((MAX_SCORE * (bounded - THRESHOLD_MIN)) / (most - THRESHOLD_MIN));
      },
    };
  },
};

function holders(nodes: readonly NodeInfo[], image: string): number {
  return nodes.filter(({ node }) => sizeOn(node, image) !== undefined).length;
}

function sizeOn(node: Node, image: string): number | undefined {
  return node.status?.images?.find(({ names }) => names?.includes(image))?.sizeBytes;
}

function withTag(image: string): string {
  return image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image;
}
