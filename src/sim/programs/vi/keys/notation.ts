import type { Key } from '../../editor/decode-key.js';

const NAMES: Readonly<Record<string, Key>> = {
  bar: '|',
  bs: '\x7f',
  bslash: '\\',
  cr: '\r',
  del: '<del>',
  down: '<down>',
  end: '<end>',
  enter: '\r',
  esc: '\x1b',
  home: '<home>',
  insert: '<insert>',
  left: '<left>',
  lt: '<',
  nl: '\n',
  pagedown: '<pagedown>',
  pageup: '<pageup>',
  return: '\r',
  right: '<right>',
  space: ' ',
  tab: '\t',
  up: '<up>',
};

/** One key in angle brackets; undefined for words that name none. */
function named(name: string, leader: string): readonly Key[] | undefined {
  const word = name.toLowerCase();
  if (word === 'leader' || word === 'localleader') return [...leader];
  if (word === 'nop') return [];
  if (/^f(?:[1-9]|1[0-2])$/.test(word) || /^[cs]-(?:left|right)$|^c-(?:home|end)$/.test(word)) return [`<${word}>`];
  const control = /^c-([@-_a-z])$/.exec(word)?.[1];
  if (control !== undefined) return [String.fromCharCode(control.toUpperCase().charCodeAt(0) & 0x1f)];
  const key = NAMES[word];
  return key === undefined ? undefined : [key];
}

/** The keys a mapping's side stands for, as `<leader>w` and `:w<CR>`. */
export function keysFromNotation(text: string, leader: string): Key[] {
  return [...text.matchAll(/<([A-Za-z0-9@[\]^_\\-]+)>|\x16?([\s\S])/gu)].flatMap(([whole, name, char]) => {
    if (name === undefined) return [char ?? whole];
    return named(name, leader) ?? [...whole];
  });
}
