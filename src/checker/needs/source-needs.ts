import type { Capability } from '../../clusters/port.js';
import type { Destination, Source } from '../places.js';

/**
 * What it takes to ask from somewhere, and that somebody is there who could answer: a node that is asked is one of the
 * lab's, by its name.
 */
export function needsOfAsking(from: Source, to?: Destination): Capability[] {
  const needs: Capability[] = ['containers'];
  if ('host' in from) needs.push('nodes-root');
  if (to && 'host' in to) needs.push('nodes');
  return needs;
}
