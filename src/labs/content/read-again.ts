import { WORLD_NAMES } from '../../clusters/port.js';
import { type ReadLab, readLab } from '../format/read-lab.js';

/** More than a person has; so much of what was read is kept. */
const FILES_MAX = 1000;

const known = new Map<string, { readonly text: string; readonly read: ReadLab }>();

/**
 * Reads the text of a lab's file as `readLab` does; the same text under the same name gives the lab that it gave before.
 * Catalogues are read whole, time and again, and what is sound in them hardly ever changes.
 */
export function readAgain(file: string, text: string): ReadLab {
  const before = known.get(file);
  if (before?.text === text) return before.read;
  const read = readLab(file, text, WORLD_NAMES);
  known.delete(file);
  if (read.lab) known.set(file, { text, read });
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size > FILES_MAX) known.delete(oldest);
  return read;
}
