import { foundCommands } from '../keys/palette.js';
import type { Intent } from './event.js';
import { scrollBy } from './scroll.js';
import type { Overlay, State } from './state.js';

/** Characters of what is looked for. */
const QUERY_MAX = 40;

type Palette = Extract<Overlay, { name: 'palette' }>;

/** The palette when it is opened. */
export const OPENED_PALETTE: Palette = { name: 'palette', query: '', cursor: 0, scroll: 0 };

/** The palette after a key. */
export function reducePalette(state: State, palette: Palette, intent: Intent, page: number): Palette | null {
  switch (intent) {
    case 'back':
      return null;
    case 'clear':
      return OPENED_PALETTE;
    case 'edit-erase':
      return { ...palette, query: [...palette.query].slice(0, -1).join(''), cursor: 0 };
    default: {
      const last = Math.max(0, foundCommands(state).length - 1);
      const cursor = scrollBy(palette.cursor, intent, page, last);
      return cursor === palette.cursor ? palette : { ...palette, cursor };
    }
  }
}

/** The palette after characters were typed; of a paste its first line counts. */
export function typedIntoPalette(palette: Palette, text: string): Palette {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const query = [...palette.query, ...line.replace(/[\x00-\x1f\x7f-\x9f]/g, '')].slice(0, QUERY_MAX).join('');
  return { ...palette, query, cursor: 0 };
}
