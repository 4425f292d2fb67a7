import type { Prover } from './case-in-play.js';
import { cacheDirectory, ProofMemory } from './memory.js';
import { openPlayers, type Players } from './players.js';
import { programKey } from './program-key.js';

// Whoever proves comes through here, so that this file's name in the bundle tells everything that takes part.
export { endProof, startProof } from './prove.js';

/** Threads that play and a memory of what was played before. `fresh`: everything is played, and remembered anew. */
export function openProver(
  environment: NodeJS.ProcessEnv,
  { fresh }: { readonly fresh: boolean },
): Prover & { readonly players: Players } {
  const program = programKey(import.meta.url);
  const memory = program === undefined ? undefined : new ProofMemory(cacheDirectory(environment), program, fresh);
  return { players: openPlayers(), memory };
}
