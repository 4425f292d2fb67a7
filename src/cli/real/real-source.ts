import type { RealSource } from '../../clusters/real/real-cluster.js';
import { homeDirectory } from '../../labs/home.js';
import type { CommandIo } from '../io.js';
import type { RealChoice } from './cluster-option.js';

/** Where the real cluster comes from that is meant. What that needs is loaded now, and not before. */
export async function realSource(
  choice: RealChoice,
  { environment }: Pick<CommandIo, 'environment'>,
): Promise<RealSource> {
  const surroundings = { environment, home: homeDirectory(environment) };
  if (choice.kind === 'context') {
    const { contextSource } = await import('../../clusters/context/context-source.js');
    return contextSource(choice.name, surroundings);
  }
  const { kindSource } = await import('../../clusters/kind/kind-source.js');
  return kindSource(surroundings);
}
