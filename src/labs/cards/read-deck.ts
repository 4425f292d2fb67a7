import type { Problem } from '../format/problem.js';
import { parseSource } from '../format/read-lab.js';
import { schemaProblems } from '../format/validate.js';
import { DECK_RULES } from '../lint/deck/register.js';
import { runRules } from '../lint/run-rules.js';
import type { Deck, DeckFile } from './deck.js';
import { DECK_SCHEMA } from './schema.js';

/** A deck, or everything that is wrong with its file. */
export type ReadDeck =
  | { readonly deck: Deck; readonly problems: readonly [] }
  | { readonly deck: undefined; readonly problems: readonly Problem[] };

/** Reads the text of a file of cards. `file` is the name used in problems. */
export function readDeck(file: string, source: string): ReadDeck {
  const parsed = parseSource(file, source);
  if ('problems' in parsed) return { deck: undefined, problems: parsed.problems };
  const { value, positions } = parsed;
  const wrong = schemaProblems(file, value, positions, DECK_SCHEMA);
  if (wrong.length > 0) return { deck: undefined, problems: wrong };
  const content = value as DeckFile;
  const problems = runRules(DECK_RULES, { file, content, positions });
  if (problems.length > 0) return { deck: undefined, problems };
  return { deck: { id: `${content.spec.certification}/${content.metadata.name}`, file, content }, problems: [] };
}
