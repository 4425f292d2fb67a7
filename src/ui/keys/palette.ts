import type { Intent } from '../store/event.js';
import type { State } from '../store/state.js';
import { keyContext } from './context.js';
import type { KeyRow } from './key-row.js';
import { barText, doesText } from './table-text.js';

/** Something that can be done on a screen by a key. */
export interface Command {
  readonly row: KeyRow;
  /** Names of keys that do it; those after the leader begin with `leader `. */
  readonly keys: readonly string[];
  /** Why it cannot be done now. */
  readonly not: string | undefined;
}

/** What one does by keys only: to go through something, to write, or to choose another command. */
const BY_KEYS_ONLY: ReadonlySet<Intent> = new Set([
  'up',
  'down',
  'page-up',
  'page-down',
  'home',
  'end',
  'edit-erase',
  'leader',
  'palette',
]);

/** Everything that the key tables offer on the screen below the palette, in their order, each thing once. */
export function paletteCommands(state: State): Command[] {
  const below: State = { ...state, overlay: null, leader: false };
  const commands = new Map<Intent, { row: KeyRow; keys: string[] }>();
  const taken = new Set<string>();
  const add = (row: KeyRow, prefix: string): void => {
    const [key, ...more] = row.keys.map((name) => prefix + name).filter((name) => !taken.has(name));
    if (key === undefined || isByKeysOnly(row, below)) return;
    for (const name of [key, ...more]) taken.add(name);
    const known = commands.get(row.intent);
    if (known) known.keys.push(key);
    else commands.set(row.intent, { row, keys: [key] });
  };
  for (const row of keyContext(below).tables.flatMap(({ rows }) => rows)) add(row, '');
  if (below.screen.name === 'lab')
    for (const row of keyContext({ ...below, leader: true }).tables.flatMap(({ rows }) => rows)) add(row, 'leader ');
  return [...commands.values()].map(({ row, keys }) => ({ row, keys, not: row.disabled?.(below) }));
}

/** The commands that what was typed names, the nearest first; of those as near, what can be done now. */
export function foundCommands(state: State): Command[] {
  const commands = paletteCommands(state);
  const query = state.overlay?.name === 'palette' ? state.overlay.query : '';
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command) => ({ command, distance: distanceOf(wanted, command) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((one, other) => one.distance - other.distance || idle(one.command) - idle(other.command))
    .map(({ command }) => command);
}

/** The command that the palette's cursor is on. */
export function chosenCommand(state: State): Command | undefined {
  return state.overlay?.name === 'palette' ? foundCommands(state)[state.overlay.cursor] : undefined;
}

/** 1 for what cannot be done now. */
function idle({ not }: Command): number {
  return not === undefined ? 0 : 1;
}

/** An answer that a card does not have is none of the things to choose from. */
function isByKeysOnly(row: KeyRow, below: State): boolean {
  return BY_KEYS_ONLY.has(row.intent) || (row.intent.startsWith('number-') && row.disabled?.(below) !== undefined);
}

/** How far a command is from the words that were typed: the sum of what each is from the nearest of its own. */
function distanceOf(wanted: readonly string[], { row, keys }: Command): number {
  const text = `${doesText(row)} ${barText(row) ?? ''} ${keys.join(' ')}`.toLowerCase();
  const words = text.split(/[^\p{L}\p{N}\]]+/u).filter(Boolean);
  return wanted.reduce((sum, word) => sum + wordDistance(word, text, words), 0);
}

function wordDistance(wanted: string, text: string, words: readonly string[]): number {
  if (words.some((word) => word.startsWith(wanted))) return 0;
  if (text.includes(wanted)) return 1;
  return words.some((word) => isSpelledIn(wanted, word)) ? 2 : Infinity;
}

/** Whether a word begins as what was typed and has its other letters in their order. */
function isSpelledIn(wanted: string, word: string): boolean {
  if (wanted[0] !== word[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === wanted[at]) at += 1;
  return at === wanted.length;
}
