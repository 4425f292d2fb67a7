import type { Plain } from './lab.js';
import type { Draw } from './variants.js';
import { drawnValue } from './when.js';

/**
 * Puts values into every text of a structure. A text that is just one `{{name}}` becomes the value itself, a list where
 * several were drawn; inside a longer text those stand one after another with commas.
 */
export function substitute<T>(value: T, values: Draw, builtIn: Readonly<Record<string, string>>): T {
  const lookUp = (path: string): Plain | readonly Plain[] | undefined =>
    Object.hasOwn(builtIn, path) ? builtIn[path] : drawnValue(values, path);
  const visit = (inner: unknown): unknown => {
    if (typeof inner === 'string') return substituteText(inner, lookUp);
    if (Array.isArray(inner)) return inner.map(visit);
    if (inner !== null && typeof inner === 'object') {
      return Object.fromEntries(Object.entries(inner).map(([key, child]) => [String(visit(key)), visit(child)]));
    }
    return inner;
  };
  return visit(value) as T;
}

function substituteText(text: string, lookUp: (path: string) => Plain | readonly Plain[] | undefined): unknown {
  const whole = /^\{\{\s*([^{}\s]+)\s*\}\}$/.exec(text);
  if (whole) return lookUp(whole[1] as string) ?? text;
  return text.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (match, path: string) => {
    const value = lookUp(path);
    return value === undefined ? match : typeof value === 'object' ? value.join(', ') : String(value);
  });
}
