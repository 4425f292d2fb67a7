import { ClusterError } from '../port.js';
import type { Variables } from './variables.js';
import { atLeast, type Version, versionIn, versionText } from './versions.js';

/** A node image that kind's releases name, and the first kind that was released with it. */
interface Released {
  readonly image: string;
  readonly kind: Version;
}

const KIND_33 = { major: 0, minor: 33, patch: 0 };
const KIND_32 = { major: 0, minor: 32, patch: 0 };
const KIND_31 = { major: 0, minor: 31, patch: 0 };
const KIND_30 = { major: 0, minor: 30, patch: 0 };

/**
 * Images by Kubernetes' version, those of the newest kind first, as the notes of kind's releases name them. A node image is
 * made for the kind it was released with: an older kind gets the images of its own release. kind v0.30 is the oldest:
 * v1.34 was its first image. kind before v0.32 writes kubeadm's configuration as v1beta3 whatever the version is; v0.32 and
 * later write v1beta4 from Kubernetes 1.36 on (`pkg/cluster/internal/kubeadm/config.go`).
 */
const IMAGES: Readonly<Record<string, readonly Released[]>> = {
  '1.36': [
    {
      image: 'kindest/node:v1.36.4@sha256:099e049362a1526b2db71494e1947aae99bd16290d7c895f2b7ea312e3cbfaed',
      kind: KIND_33,
    },
    {
      image: 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5',
      kind: KIND_32,
    },
  ],
  '1.35': [
    {
      image: 'kindest/node:v1.35.8@sha256:07b2536e30b803ed61d1677a79df6115f798ce64c80f9e22f6ed45afd09323c0',
      kind: KIND_33,
    },
    {
      image: 'kindest/node:v1.35.5@sha256:ce977ae6d65918d0b58a5f8b5e940429c2ce42fa3a5619ec2bbc60b949c0ac95',
      kind: KIND_32,
    },
    {
      image: 'kindest/node:v1.35.0@sha256:452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f',
      kind: KIND_31,
    },
  ],
  '1.34': [
    {
      image: 'kindest/node:v1.34.11@sha256:44e222ee2132dab25ff87301682f89eb82c7880ea3a1bf543bfe9708fd08d67d',
      kind: KIND_33,
    },
    {
      image: 'kindest/node:v1.34.8@sha256:02722c2dedddcfc00febf5d27fbeb9b7b2c14294c82109ff4a85d89ac9ba3256',
      kind: KIND_32,
    },
    {
      image: 'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a',
      kind: KIND_30,
    },
  ],
};

/** Kubernetes' version where nobody asks for another. */
const VERSION = '1.36';

/** A node image, and which Kubernetes is in it, where its name tells. */
export interface NodeImage {
  readonly image: string;
  readonly kubernetes?: Version | undefined;
}

/**
 * The node image for a kind: what `KUBEDRILL_KIND_IMAGE` names (an image, or a version such as `1.35`), otherwise that of
 * Kubernetes 1.36. Throws `ClusterError` where this kind is too old for it.
 */
export function nodeImageFor(kind: Version, environment: Variables): NodeImage {
  const wanted = environment['KUBEDRILL_KIND_IMAGE'] ?? '';
  const minor = wanted === '' ? VERSION : /^v?(\d+\.\d+)$/.exec(wanted)?.[1];
  if (minor === undefined) return { image: wanted, kubernetes: tagVersion(wanted) };
  const released = IMAGES[minor];
  if (!released) {
    const known = Object.keys(IMAGES).sort().join(', ');
    throw new ClusterError(
      `KUBEDRILL_KIND_IMAGE is ${wanted}: kubedrill knows the node images of Kubernetes ${known}. Name the image itself for another.`,
    );
  }
  const fitting = released.find((one) => atLeast(kind, one.kind));
  if (!fitting) {
    const least = (released[released.length - 1] as Released).kind;
    throw new ClusterError(
      `kind ${versionText(kind)} is too old for nodes of Kubernetes ${minor}: the first with an image of it is ${versionText(least)}. ` +
        'Install a newer kind, or set KUBEDRILL_KIND_IMAGE to an older version, such as 1.34.',
    );
  }
  return { image: fitting.image, kubernetes: tagVersion(fitting.image) };
}

function tagVersion(image: string): Version | undefined {
  const tag = /:([^/:@]+)(?:@|$)/.exec(image)?.[1];
  return tag === undefined ? undefined : versionIn(tag);
}
