import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./cases/', import.meta.url);

/** A snippet, by the table it stands in. */
export interface Snippet {
  readonly table: string;
  readonly text: string;
}

/** What the real helm made of a snippet: its text or what it complained of. */
export interface RecordedSnippet extends Snippet {
  readonly out?: string;
  readonly error?: string;
}

export interface Recording {
  /** Program and version that were asked. */
  readonly program: string;
  readonly cases: readonly RecordedSnippet[];
}

/** All snippets: one a line, in `blocks.txt` parted by lines of three dashes. */
export function allSnippets(): Snippet[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      const parts = file === 'blocks.txt' ? text.split(/^---\n/m) : text.split('\n');
      return parts.filter((part) => part !== '').map((part) => ({ table: file.replace('.txt', ''), text: part }));
    });
}

const ACTION = /\{\{(?:[^"`'}]|"(?:\\.|[^"\\])*"|`[^`]*`|'[^']*')*\}\}/g;
const NEEDS_OTHERS = /\{\{-? *(?:if|range|with|define|block|template|else|end|break|continue|\$|\/\*)|\$/;

/** The actions of a line that stand for themselves, so that each can be asked alone; one piece where they do not. */
export function actionsOf(text: string): string[] {
  const actions = text.match(ACTION) ?? [];
  const between = text.replace(ACTION, '');
  return actions.length > 1 && /^[ |]*$/.test(between) && !NEEDS_OTHERS.test(text) ? actions : [text];
}
