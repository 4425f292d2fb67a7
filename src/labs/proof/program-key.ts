import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A name for the program that proves, and Node.js; undefined where it runs from its sources, which nobody has counted.
 * `proof` is the address of the bundle's file for proofs: together with the worker's it imports all that takes part,
 * under names made from its content, and nothing of the screens.
 */
export function programKey(proof: string): string | undefined {
  const hash = createHash('sha256').update(process.version);
  try {
    for (const door of [proof, new URL('./worker.js', proof).href]) hash.update(readFileSync(fileURLToPath(door)));
  } catch {
    return undefined;
  }
  return hash.digest('hex').slice(0, 16);
}
