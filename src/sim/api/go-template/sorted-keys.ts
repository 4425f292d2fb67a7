import { compareBytes } from '../bytewise.js';

/** The keys of a map in the order in which Go prints and ranges over them. */
export function sortedKeys(map: object): string[] {
  return Object.keys(map)
    .filter((key) => (map as { [key: string]: unknown })[key] !== undefined)
    .sort(compareBytes);
}
