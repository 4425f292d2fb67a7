import { tableMessages } from '../../ui/keys/table-messages.js';
import { ENGLISH } from '../../ui/words/english.js';

/** All that can be translated, by key: the catalogue of the screens, and what their key tables say. */
export function englishMessages(): ReadonlyMap<string, string> {
  return new Map([...Object.entries<string>(ENGLISH), ...tableMessages()]);
}
