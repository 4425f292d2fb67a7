import { countScenes, quotaScenes, rangeScenes } from './plain-scenes.js';
import type { Scene } from './scene.js';
import { classScenes, extendedScenes } from './special-scenes.js';

/** All scenes, in the order they are played. */
export function scenes(): Scene[] {
  return [...rangeScenes(), ...quotaScenes(), ...countScenes(), ...classScenes(), ...extendedScenes()];
}
