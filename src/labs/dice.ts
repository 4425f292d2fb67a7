import { createHash } from 'node:crypto';
import type { Dice } from './format/variants.js';

/** Draws of a seed, by name: SHA-256 of both, so that no draw depends on another. */
export function seededDice(seed: string): (name: string) => Dice {
  return (name) => ({
    below: (limit) => createHash('sha256').update(`${seed}\0${name}`).digest().readUInt32BE(0) % limit,
  });
}
