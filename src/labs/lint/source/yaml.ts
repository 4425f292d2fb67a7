import { EVENT_ID } from 'js-yaml';
import type { Rule } from '../rule.js';
import type { SourceRule } from './source.js';

/** Far longer than any task, script or manifest. */
const TEXT_LENGTH_MAX = 65_536;
const KEY_LENGTH_MAX = 256;
/** Names that mean something else to the program than a field. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', '__defineGetter__', '__defineSetter__']);

const yamlTag: SourceRule = {
  name: 'yaml-tag',
  says: 'no value has a YAML tag',
  remedy: 'take the tag away; a text that looks like a number is put into quotes',
  severity: 'error',
  check({ text, events, lineAt }, report) {
    for (const event of events) {
      if (!('tagStart' in event) || event.tagStart < 0) continue;
      const tag = text.slice(event.tagStart, event.tagEnd);
      report(lineAt(event.tagStart), '', `has the tag ${tag.slice(0, KEY_LENGTH_MAX)}`);
    }
  },
};

const mergeKey: SourceRule = {
  name: 'merge-key',
  says: "YAML's merge keys (<<) are not used",
  remedy: 'write the fields out',
  severity: 'error',
  check({ scalars }, report) {
    for (const { isKey, text, line, path } of scalars)
      if (isKey && text === '<<') report(line, path, 'is a merge key, which would be read as a field called <<');
  },
};

const reservedName: SourceRule = {
  name: 'reserved-name',
  says: 'no field, variant or label has a name that means something to the program itself',
  remedy: 'take another name',
  severity: 'error',
  check({ scalars }, report) {
    for (const { isKey, text, line, path } of scalars)
      if (isKey && RESERVED.has(text)) report(line, path, `${text} can be no name`);
  },
};

const longKey: SourceRule = {
  name: 'long-key',
  says: `a field's name is no longer than ${KEY_LENGTH_MAX} characters`,
  remedy: 'take a shorter name',
  severity: 'error',
  check({ scalars }, report) {
    for (const { isKey, text, line } of scalars)
      if (isKey && text.length > KEY_LENGTH_MAX) report(line, '', `a name of ${text.length} characters`);
  },
};

const longText: SourceRule = {
  name: 'long-text',
  says: `a text is no longer than ${TEXT_LENGTH_MAX} characters`,
  remedy: 'make it shorter, or have a script make what it holds',
  severity: 'error',
  check({ scalars }, report) {
    for (const { isKey, text, line, path } of scalars)
      if (!isKey && text.length > TEXT_LENGTH_MAX) report(line, path, `a text of ${text.length} characters`);
  },
};

/** Aliases of aliases make endless lists and maps out of a few lines; nobody means so many values. */
const aliases: SourceRule = {
  name: 'many-aliases',
  says: 'a file repeats no more than 100 values by alias (*name)',
  remedy: 'write them out, or make a variant of what repeats',
  severity: 'error',
  check({ events, lineAt }, report) {
    const found = events.flatMap((event) => (event.type === EVENT_ID.ALIAS ? [event.anchorStart] : []));
    if (found.length > 100) report(lineAt(found[100] as number), '', `has ${found.length} aliases`);
  },
};

/** Rules about a file's YAML. */
export const yaml: readonly SourceRule[] = [yamlTag, mergeKey, reservedName, longKey, longText, aliases];

/** What the reader itself finds: there is nothing yet that a rule could look at. */
export const READER_RULES = {
  unreadable: rule(
    'unreadable-file',
    'a lab is a file of text in UTF-8 and no larger than 1 MiB',
    'put a file of text in UTF-8 there, no larger than 1 MiB',
  ),
  twinLab: rule('twin-lab', 'two labs of a certification have different names', 'rename one of them and its file'),
  notYaml: rule('not-yaml', 'the file is YAML', 'mend what stands on that line or the one before'),
  twinKey: rule('twin-key', 'a map has each field once', 'take one of the two away'),
  documents: rule('one-document', 'a file holds one document', 'make a file for each lab'),
  deep: rule('deep-yaml', 'lists and maps are nested no deeper than 64', 'write it flatter'),
  values: rule('many-values', 'a file holds no more than 100000 values, aliases counted', 'write what is meant'),
} as const;

function rule(name: string, says: string, remedy: string): Rule {
  return { name, says, remedy, severity: 'error' };
}
