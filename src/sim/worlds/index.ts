import type { WorldRecipe } from './plan.js';
import { threeNode } from './three-node.js';

/** Ready-made clusters that labs ask for by name. */
export const WORLDS: ReadonlyMap<string, WorldRecipe> = new Map([['three-node', threeNode]]);

/** What is wrong in a world's description, in words for its author. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorldError';
  }
}
