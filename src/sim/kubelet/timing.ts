import type { Micros } from '../kernel/time.js';
import { MILLISECOND, SECOND } from '../kernel/time.js';

/** How long a node's work takes. Chosen once for a machine. */
export interface KubeletTiming {
  /** A pull takes this long, and so much more for each megabyte. */
  readonly pullBase: Micros;
  readonly pullPerMegabyte: Micros;
  /** Setting up a sandbox: namespaces, network plugin. */
  readonly sandbox: Micros;
  /** Making a container's root and starting its process. */
  readonly container: Micros;
  /** How often the manifest folder is looked at beside its watch. */
  readonly manifestRescan: Micros;
  /** How soon mounted ConfigMaps and Secrets follow their objects: from none to this long, by pod. */
  readonly volumeRefresh: Micros;
  /** How soon a status reaches the API server (kubelet's status manager syncs at once, and at least this often). */
  readonly statusSync: Micros;
}

/** `brisk` to practise; `exam` as on a real node. */
export const KUBELET_TIMING: Readonly<Record<'brisk' | 'exam', KubeletTiming>> = {
  brisk: {
    pullBase: 250 * MILLISECOND,
    pullPerMegabyte: 2 * MILLISECOND,
    sandbox: 60 * MILLISECOND,
    container: 40 * MILLISECOND,
    manifestRescan: 20 * SECOND,
    volumeRefresh: 2 * SECOND,
    statusSync: 10 * SECOND,
  },
  exam: {
    pullBase: 900 * MILLISECOND,
    pullPerMegabyte: 18 * MILLISECOND,
    sandbox: 350 * MILLISECOND,
    container: 150 * MILLISECOND,
    manifestRescan: 20 * SECOND,
    volumeRefresh: 60 * SECOND,
    statusSync: 10 * SECOND,
  },
};
