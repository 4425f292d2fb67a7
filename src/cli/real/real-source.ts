import type { RealSource } from '../../clusters/real/real-cluster.js';
import { type CommandIo, ExpectedError } from '../io.js';
import type { RealChoice } from './cluster-option.js';

/** Where the real cluster comes from that is meant. What that needs is loaded now, and not before. */
export async function realSource(choice: RealChoice, _io: Pick<CommandIo, 'environment'>): Promise<RealSource> {
  throw new ExpectedError(`--cluster ${choice.kind} cannot be used yet.`);
}
