import type { Position } from '../editor/characters.js';
import type { NanoState } from './state.js';

/** Goes to the next place behind the cursor, from the top again at the end; letters are alike in both cases. */
export function findNext(state: NanoState): void {
  const { searched: text, buffer, cursor } = state;
  if (text === '') return state.say('No current search pattern');
  const wanted = text.toLowerCase();
  const { count } = buffer;
  for (let step = 0; step <= count; step += 1) {
    const line = (cursor.line + step) % count;
    const found = buffer
      .line(line)
      .toLowerCase()
      .indexOf(wanted, step === 0 ? cursor.column + 1 : 0);
    if (found < 0) continue;
    if (line === cursor.line && found === cursor.column) state.say('This is the only occurrence');
    else if (cursor.line + step >= count) state.say('Search Wrapped');
    return state.moveTo({ line, column: found }, undefined, 'centre');
  }
  state.say(`"${text}" not found`, true);
}

/** Where a text is, at a place or behind it. */
export function occurrence({ buffer, searched }: NanoState, from: Position): Position | undefined {
  for (let { line, column } = from; line < buffer.count && searched !== ''; line += 1, column = 0) {
    const found = buffer.line(line).toLowerCase().indexOf(searched.toLowerCase(), column);
    if (found >= 0) return { line, column: found };
  }
  return undefined;
}
