import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';

const FOLDER = 'test/labs/lint';

/** The lab that keeps every rule. */
export const WHOLE = readFileSync(join(FOLDER, 'whole.yaml'), 'utf8');
/** Where it would lie. */
export const WHOLE_FILE = 'content/cka/labs/whole.yaml';

/** What is changed in it: a piece that is replaced, repeated or not; or everything between two pieces left out. */
type Patch =
  | {
      readonly replace: string;
      readonly by: string;
      /** So often; `begin` and `end` stand around all of them. */
      readonly times?: number;
      readonly begin?: string;
      readonly end?: string;
    }
  | { readonly from: string; readonly to?: string };

/** A file of `broken`: how the whole lab is made one that breaks a rule, or what stands instead of it. */
interface Broken {
  readonly patches?: readonly Patch[];
  readonly bytes?: readonly number[];
  /** The same lab once more. */
  readonly again?: boolean;
}

/** The broken lab of a rule, as bytes; several where one alone breaks nothing. */
export function brokenLab(rule: string): Buffer[] {
  const { patches = [], bytes, again } = load(readFileSync(join(FOLDER, 'broken', `${rule}.yaml`), 'utf8')) as Broken;
  if (bytes) return [Buffer.from(bytes)];
  const text = Buffer.from(patches.reduce(patched, WHOLE));
  return again ? [text, text] : [text];
}

/** A text with a piece of it changed. The piece must be there. */
function patched(text: string, patch: Patch): string {
  const piece = 'replace' in patch ? patch.replace : patch.from;
  const at = text.indexOf(piece);
  if (at < 0) throw new Error(`the whole lab has no "${piece}"`);
  if ('replace' in patch) {
    const { by, times = 1, begin = '', end = '' } = patch;
    return `${text.slice(0, at)}${begin}${by.repeat(times)}${end}${text.slice(at + piece.length)}`;
  }
  const last = patch.to === undefined ? text.length : text.indexOf(patch.to, at);
  return text.slice(0, at) + text.slice(last);
}
