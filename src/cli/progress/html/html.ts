import { harmless } from '../../../clusters/plain-text.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML whose every value has been escaped. Only `html` makes one; what a file holds can be none. */
class SafeHtml {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Html = SafeHtml;

type Value = string | number | Html | readonly Html[] | undefined;

/**
 * HTML from a template: what is put in is escaped unless it is HTML itself, and what would turn the direction of text is
 * shown and not done. Attributes must stand in double quotes.
 */
export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new SafeHtml(texts.map((text, index) => text + textOf(values[index])).join(''));
}

/** Files hold what they like: whatever is no HTML of ours is text. */
function textOf(value: Value): string {
  if (value === undefined) return '';
  if (value instanceof SafeHtml) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join('');
  return harmless(String(value)).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
