import type { Lab } from '../format/lab.js';
import type { Prover } from './case-in-play.js';
import { instancesToProve, type ToProve, UnderivedDraw } from './instances.js';
import { cacheDirectory, ProofMemory } from './memory.js';
import { openPlayers, type Players } from './players.js';
import { programKey } from './program-key.js';

// Whoever proves comes through here, so that this file's name in the bundle tells everything that takes part.
export { endProof, startProof } from './prove.js';

/**
 * Makes machines for what will probably be proven next of a lab, while nobody waits: one for each draw that is proven
 * wholly, until the signal is aborted.
 */
export async function prepareProof(
  lab: Lab,
  { players, signal }: { readonly players: Pick<Players, 'prepare'>; readonly signal?: AbortSignal },
): Promise<void> {
  for (const { instance, extent } of await instancesToProve(lab).catch(noneUnderived))
    if (extent === 'whole' && !signal?.aborted) await players.prepare(instance);
}

/** Threads that play and a memory of what was played before. `fresh`: everything is played, and remembered anew. */
export function openProver(
  environment: NodeJS.ProcessEnv,
  { fresh }: { readonly fresh: boolean },
): Prover & { readonly players: Players } {
  const program = programKey(import.meta.url);
  const memory = program === undefined ? undefined : new ProofMemory(cacheDirectory(environment), program, fresh);
  return { players: openPlayers(), memory };
}

/** What cannot be drawn is told when it is to be proven. */
function noneUnderived(error: unknown): readonly ToProve[] {
  if (error instanceof UnderivedDraw) return [];
  throw error;
}
