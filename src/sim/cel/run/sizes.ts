/** How much there is of a value, which is what work with it costs by. */
import { CelList, CelMap, Opaque, Optional, type Value } from '../values.js';

/** How many characters a text has. */
export function characterCount(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Characters, bytes, elements or entries; 1 of what has none. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return characterCount(value);
  if (value === null || typeof value !== 'object') return 1;
  if (value instanceof CelList || value instanceof CelMap) return value.size;
  if (value instanceof Uint8Array) return value.length;
  return value instanceof Opaque ? (value.size ?? 1) : 1;
}

/** The same, looking into optional values. */
export function contentSize(value: Value): number {
  return value instanceof Optional && value.value !== undefined ? contentSize(value.value) : sizeOf(value);
}
