import type { Capability } from '../../clusters/port.js';
import type { Source } from '../places.js';

/** What it takes to ask from somewhere, and that somebody is there who could answer. */
export function needsOfSource(from: Source): Capability[] {
  return 'host' in from ? ['containers', 'nodes-root'] : ['containers'];
}
