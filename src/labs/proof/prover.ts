import type { Prover } from './case-in-play.js';
import { cacheDirectory, ProofMemory } from './memory.js';
import { openPlayers, type Players } from './players.js';
import { programKey } from './program-key.js';

/** Threads that play and a memory of what was played before. `fresh`: everything is played, and remembered anew. */
export function openProver(
  environment: NodeJS.ProcessEnv,
  { fresh }: { readonly fresh: boolean },
): Prover & { readonly players: Players } {
  const program = programKey();
  const memory = program === undefined ? undefined : new ProofMemory(cacheDirectory(environment), program, fresh);
  return { players: openPlayers(), memory };
}
