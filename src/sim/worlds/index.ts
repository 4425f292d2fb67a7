import { empty } from './empty.js';
import type { WorldRecipe } from './plan.js';
import { singleNode } from './single-node.js';
import { testCmd } from './test-cmd.js';
import { threeNode } from './three-node.js';
import { workstation } from './workstation.js';

/** Ready-made clusters that labs ask for by name. */
export const WORLDS: ReadonlyMap<string, WorldRecipe> = new Map([
  ['empty', empty],
  ['single-node', singleNode],
  ['test-cmd', testCmd],
  ['three-node', threeNode],
]);

/** Those that no lab can ask for. */
const OTHERS: ReadonlyMap<string, WorldRecipe> = new Map([['workstation', workstation]]);

/** The recipe of a world, whether labs know its name or not. Throws `WorldError`. */
export function recipeOf(name: string): WorldRecipe {
  const recipe = WORLDS.get(name) ?? OTHERS.get(name);
  if (!recipe) throw new WorldError(`there is no world ${name}; there are ${[...WORLDS.keys()].join(', ')}`);
  return recipe;
}

/** What is wrong in a world's description, in words for its author. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WorldError';
  }
}
