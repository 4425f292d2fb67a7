import { existsSync } from 'node:fs';
import { basename, extname, isAbsolute, join, sep } from 'node:path';
import { contentFolder } from '../../labs/content/content-folder.js';
import { homeDirectory } from '../../labs/home.js';

/** Where a person's own translations lie in their home; ours lie beside the labs. */
const FOLDER = 'words';
const ENDINGS = ['.yaml', '.yml', '.json'] as const;
/** A language's tag: `de`, `pt-BR`, `zh-Hans`. */
const TAG = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const LOCALES = ['LC_ALL', 'LC_MESSAGES', 'LANG'] as const;

/** What is to be spoken: English, a translation in a file, or one that was asked for and is not there. */
export type Wanted =
  | { readonly what: 'english' }
  | { readonly what: 'file'; readonly tag: string; readonly path: string }
  | { readonly what: 'missing'; readonly tag: string; readonly looked: readonly string[] };

/** The folder in which a person's own translations are looked for. */
export function ownWordsFolder(environment: NodeJS.ProcessEnv): string {
  return join(homeDirectory(environment), FOLDER);
}

/**
 * The translation that `KUBEDRILL_LANG` names, by a language or by a path; without it that of the locale, if there is one.
 * One of the person's own goes before ours.
 */
export function findTranslation(environment: NodeJS.ProcessEnv): Wanted {
  const asked = environment['KUBEDRILL_LANG'];
  if (asked) return isPath(asked) ? { what: 'file', tag: tagOf(asked), path: asked } : byTag(asked, environment);
  const locale = LOCALES.map((name) => environment[name]).find(Boolean) ?? '';
  const found = byTag(locale.replace(/[.@].*$/, ''), environment);
  return found.what === 'missing' ? { what: 'english' } : found;
}

function isPath(asked: string): boolean {
  return isAbsolute(asked) || asked.includes('/') || asked.includes(sep) || ENDINGS.some((end) => asked.endsWith(end));
}

/** The language of a file: what it is called. */
function tagOf(path: string): string {
  return basename(path, extname(path)).replaceAll('_', '-');
}

/** A language with its region, and then without. */
function byTag(asked: string, environment: NodeJS.ProcessEnv): Wanted {
  const tag = asked.replaceAll('_', '-');
  if (!TAG.test(tag))
    return /^(?:C|POSIX)?$/.test(tag) ? { what: 'english' } : { what: 'missing', tag: asked, looked: [] };
  const folders = [ownWordsFolder(environment), join(contentFolder(), FOLDER)];
  for (const name of new Set([tag, tag.replace(/-.*$/, '')])) {
    for (const folder of folders)
      for (const ending of ENDINGS) {
        const path = join(folder, `${name}${ending}`);
        if (existsSync(path)) return { what: 'file', tag: name, path };
      }
    if (name === 'en') return { what: 'english' };
  }
  return { what: 'missing', tag, looked: folders };
}
