import type { AddOn } from './add-on.js';

/** Machines of a cloud, whose metadata service answers them, and the pods on them, at 169.254.169.254. */
export const cloudMetadata: AddOn = { name: 'cloud-metadata', objects: () => [], machines: { cloud: true } };
