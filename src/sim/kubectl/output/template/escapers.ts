import { goSprint } from './printf.js';
import { type MaybeValue, plain } from './value.js';

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Unlike `print`, these show what is not there in the words of an action. */
function textOf(args: readonly MaybeValue[]): string {
  return goSprint(args.map((arg) => (arg === undefined || arg.data === null ? plain('<no value>') : arg)));
}

/** `html`: text that is safe between HTML's tags. */
export function htmlEscape(args: readonly MaybeValue[]): string {
  return textOf(args).replace(/[\0"'&<>]/g, (char) => HTML[char] ?? char);
}

const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};

/** `js`: text that is safe inside a JavaScript string. */
export function jsEscape(args: readonly MaybeValue[]): string {
  return textOf(args).replace(/[\\'"<>&=\0-\x1f]/g, (char) => JS[char] ?? codeEscape(char));
}

function codeEscape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `urlquery`: text as part of a URL's query. */
export function queryEscape(args: readonly MaybeValue[]): string {
  const encoded = encodeURIComponent(textOf(args).toWellFormed());
  return encoded
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
