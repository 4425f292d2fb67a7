import { empty } from './empty.js';
import type { WorldRecipe } from './plan.js';
import { singleNode } from './single-node.js';
import { testCmd } from './test-cmd.js';
import { threeNode } from './three-node.js';

/** Ready-made clusters that labs ask for by name. */
export const WORLDS: ReadonlyMap<string, WorldRecipe> = new Map([
  ['empty', empty],
  ['single-node', singleNode],
  ['test-cmd', testCmd],
  ['three-node', threeNode],
]);

/** What is wrong in a world's description, in words for its author. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorldError';
  }
}
