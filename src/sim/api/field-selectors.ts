/** Field selectors such as `status.phase!=Running,spec.nodeName=node01` (apimachinery pkg/fields). */
import { compareText } from './go-text.js';
import { SelectorError } from './labels.js';

/** One condition on one field. */
export interface FieldRequirement {
  field: string;
  operator: '=' | '!=';
  value: string;
}

/**
 * Read a field selector; which fields a kind knows is checked by {@link checkFieldLabels}.
 * @throws SelectorError in the server's words.
 */
export function parseFieldSelector(text: string): FieldRequirement[] {
  const requirements: FieldRequirement[] = [];
  for (const term of splitTerms(text).sort(compareText)) {
    if (term === '') continue;
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
    if (!match) throw new SelectorError(`invalid selector: '${text}'; can't understand '${term}'`);
    const operator = match[2] === '!=' ? '!=' : '=';
    const [, field = '', , value = ''] = match;
    // Nothing equals nothing: that selects everything.
    if (field === '' && value === '' && operator === '=') continue;
    requirements.push({ field, operator, value: unescapeValue(value) });
  }
  return requirements;
}

/** Whether the selectable fields of an object fulfil a selector; a missing field counts as ''. */
export function matchesFields(
  requirements: readonly FieldRequirement[],
  fields: Readonly<Record<string, string>>,
): boolean {
  return requirements.every(({ field, operator, value }) => ((fields[field] ?? '') === value) === (operator === '='));
}

/** Write a field selector. */
export function formatFieldSelector(requirements: readonly FieldRequirement[]): string {
  return requirements.map(({ field, operator, value }) => `${field}${operator}${escapeValue(value)}`).join(',');
}

/**
 * Refuse fields that a kind cannot be selected by.
 * @throws SelectorError as `field label not supported: x` or, for kinds with a converter of their own, its words.
 */
export function checkFieldLabels(
  requirements: readonly FieldRequirement[],
  supported: readonly string[],
  words: (field: string) => string = unknownFieldLabel,
): void {
  for (const { field } of requirements) if (!supported.includes(field)) throw new SelectorError(words(field));
}

/** The words for kinds that know only metadata.name and metadata.namespace. */
export function unknownFieldLabel(field: string): string {
  return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

/** Escape a value for a field selector. */
function escapeValue(value: string): string {
  return value.replace(/[\\,=]/g, '\\$&');
}

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === ',') {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function unescapeValue(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\\') {
      const escaped = text[at + 1] ?? '';
      if (!/^[\\,=]$/.test(escaped)) {
        throw new SelectorError(`invalid field selector: invalid escape sequence: \\${escaped}`);
      }
      value += escaped;
      at += 1;
    } else if (character === ',' || character === '=') {
      // Go prints the rune as its number here.
      throw new SelectorError(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    } else {
      value += character;
    }
  }
  return value;
}
