/** The patches `apply`, `set` and `rollout` send; how they are made is the API's affair. */
export { createMergePatch, threeWayMergePatch as jsonMergePatch } from '../../api/patch/merge-patch.js';
export { threeWayPatch, twoWayPatch } from '../../api/patch/strategic-diff.js';
