import { load, parseEvents, YAMLException } from 'js-yaml';
import { fieldPositions, type Positions } from '../../labs/format/positions.js';
import { nearest } from '../../labs/nearest.js';
import { MessageError, namesIn, parseMessage } from '../../ui/words/message.js';

/** Something in a translation that is not used, and why. */
export interface WordProblem {
  /** Counted from 1; undefined when the whole file is meant. */
  readonly line: number | undefined;
  /** Empty when the whole file is meant. */
  readonly key: string;
  readonly message: string;
}

/** A translation as it is used: each of its messages can be read, has the values of the English one, and steers nothing. */
export interface Translation {
  readonly messages: ReadonlyMap<string, string>;
  /** Keys that it says nothing for, in the order of the English. */
  readonly missing: readonly string[];
  readonly problems: readonly WordProblem[];
}

/** Far longer than any message of ours. */
const LENGTH_MAX = 2000;
/** What would steer a terminal or turn the direction of what stands around it, and what is no character at all. */
const STEERING =
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff0-\uffff]|\p{Co}|\p{Cs}/gu;

/**
 * Reads a translation: YAML or JSON with a text for each key, of which any may be left out or empty. What somebody else
 * wrote is not trusted: a message that is wrong in some way is left out and told.
 */
export function readTranslation(source: string, english: ReadonlyMap<string, string>): Translation {
  const nothing = { messages: new Map<string, string>(), missing: [...english.keys()] };
  if (source.split('\n').every((line) => /^\s*(?:#|$)/.test(line))) return { ...nothing, problems: [] };
  let value: unknown;
  try {
    value = load(source);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const line = (error.mark as { line?: number } | undefined)?.line;
    const told = { line: line === undefined ? undefined : line + 1, key: '', message: `is no YAML: ${error.reason}` };
    return { ...nothing, problems: [told] };
  }
  if (value === null || value === undefined) return { ...nothing, problems: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    return { ...nothing, problems: [{ line: undefined, key: '', message: 'must hold a text for each key' }] };
  return readEntries(Object.entries(value), english, fieldPositions(source, parseEvents(source, {})));
}

function readEntries(
  entries: readonly (readonly [string, unknown])[],
  english: ReadonlyMap<string, string>,
  positions: Positions,
): Translation {
  const messages = new Map<string, string>();
  const problems: WordProblem[] = [];
  for (const [key, value] of entries) {
    const tell = (message: string): void => void problems.push({ line: positions.get(key), key, message });
    const ours = english.get(key);
    if (ours === undefined) {
      const near = nearest(key, [...english.keys()]);
      tell(`there is no such key${near === undefined ? '' : `; did you mean ${near}?`}`);
      continue;
    }
    if (value === null || value === '') continue;
    const { text, problem } = readMessage(value, ours);
    if (problem !== undefined) tell(problem);
    if (text !== undefined) messages.set(key, text);
  }
  return { messages, missing: [...english.keys()].filter((key) => !messages.has(key)), problems };
}

/** A message as it is used, what is wrong with it, or both where it can be used all the same. */
function readMessage(value: unknown, english: string): { text?: string; problem?: string } {
  if (typeof value !== 'string') return { problem: 'is no text; put it into quotes' };
  if (value.length > LENGTH_MAX) return { problem: `is longer than ${LENGTH_MAX} characters` };
  const text = value.replace(STEERING, ' ').replace(/\s+/g, ' ').trim();
  if (text === '') return { problem: 'holds nothing that can be seen' };
  try {
    const [wanted, named] = [namesIn(parseMessage(english)), namesIn(parseMessage(text))];
    const lacks = [...wanted].filter((name) => !named.has(name)).map(inBraces);
    const unknown = [...named].filter((name) => !wanted.has(name)).map(inBraces);
    if (lacks.length > 0) return { problem: `lacks ${lacks.join(' and ')}` };
    if (unknown.length > 0) return { problem: `has ${unknown.join(' and ')}, which the English has not` };
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return { problem: error.message };
  }
  return value.search(STEERING) >= 0
    ? { text, problem: 'holds control characters, for which blanks are shown' }
    : { text };
}

function inBraces(name: string): string {
  return `{${name}}`;
}
