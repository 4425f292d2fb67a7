import type { Texts } from './sources.js';

/**
 * The lines of texts, those left out that were there before a check began to act. A text that was begun anew (rotated,
 * restarted) counts whole.
 */
export function linesSince(texts: Texts, before: Texts | undefined): readonly string[] {
  return [...texts].flatMap(([name, text]) => {
    const old = before?.get(name);
    const fresh = old !== undefined && text.startsWith(old) ? text.slice(old.length) : text;
    return fresh.split('\n').filter((line) => line.trim() !== '');
  });
}
