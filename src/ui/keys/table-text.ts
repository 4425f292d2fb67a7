import { sayText, textKey } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';

/** What a row does, in the language that is spoken. */
export function doesText({ does, values }: KeyRow): string {
  return tableText(does, values);
}

/** A row's words on the bottom line; undefined for those that are not there. */
export function barText({ bar, values }: KeyRow): string | undefined {
  return bar === undefined ? undefined : tableText(bar, values);
}

/** What a table is called. */
export function titleText({ title }: KeyTable): string {
  return sayText(titleKey(title), title, {});
}

/**
 * The key of a text of a row: made from its words, so that what several rows say is translated once, and a text that is
 * changed is not said in the words of the old one.
 */
export function rowKey(english: string): string {
  return `keys.${textKey(english)}`;
}

/** The key of a table's title, in the same way. */
export function titleKey(english: string): string {
  return `key-table.${textKey(english)}`;
}

function tableText(english: string, values: Readonly<Record<string, number>> = {}): string {
  return sayText(rowKey(english), english, values);
}
