/** Go's layouts of time, which are written as the reference instant: Mon Jan 2 15:04:05 MST 2006. */

/** A piece of a layout: what stands for a part of a time, or text that stands for itself. */
export interface LayoutPart {
  readonly kind: 'part' | 'text';
  readonly text: string;
}

const CHUNK =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5|PM|pm|-070000|-07:00:00|-0700|-07:00|-07|Z070000|Z07:00:00|Z0700|Z07:00|Z07|[.,](?:0+|9+)(?!\d)/g;

/** Cuts a layout into its pieces. */
export function layoutParts(layout: string): LayoutPart[] {
  const parts: LayoutPart[] = [];
  let at = 0;
  for (const found of layout.matchAll(CHUNK)) {
    if (found.index > at) parts.push({ kind: 'text', text: layout.slice(at, found.index) });
    parts.push({ kind: 'part', text: found[0] });
    at = found.index + found[0].length;
  }
  if (at < layout.length) parts.push({ kind: 'text', text: layout.slice(at) });
  return parts;
}
