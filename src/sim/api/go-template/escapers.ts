import { printValue } from './format-value.js';
import { type GoData, GoStruct, plain } from './go-values.js';
import { goSprint } from './printf.js';

const HTML: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

/** Unlike `print`, these show what is not there in the words of an action. */
function shownText(args: readonly GoData[]): string {
  return goSprint(args.map((arg) => (arg === null || arg instanceof GoStruct ? printValue(plain(arg)) : arg)));
}

/** `html`: text that is safe between HTML's tags. */
export function htmlEscape(args: readonly GoData[]): string {
  return shownText(args).replace(/[\0"'&<>]/g, (char) => HTML[char] ?? char);
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
export function jsEscape(args: readonly GoData[]): string {
  return shownText(args).replace(
    /[\\'"<>&=\0-\x1f]|[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/gu,
    (char) => JS[char] ?? codeEscape(char),
  );
}

function codeEscape(char: string): string {
  return `\\u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `urlquery`: text as part of a URL's query. */
export function queryEscape(args: readonly GoData[]): string {
  const encoded = encodeURIComponent(shownText(args).toWellFormed());
  return encoded
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
