import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../shared/vectors/', import.meta.url));
const QUICK_REFERENCE = `${FOLDER}kubectl-quick-reference.txt`;
const PAGES = `${FOLDER}kubectl-generated-examples.jsonl`;

/** Published commands under the heading they stand under. */
export interface PublishedPage {
  readonly title: string;
  readonly commands: readonly string[];
}

/** Why the published commands cannot be read here, or nothing. */
export function noVectors(): string | undefined {
  return existsSync(QUICK_REFERENCE) && existsSync(PAGES)
    ? undefined
    : 'the published commands (../shared/vectors) are not at hand';
}

/** The pages of kubectl's generated reference, as they are. */
export function generatedPages(): PublishedPage[] {
  return readFileSync(PAGES, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { exercise: string; commands: string[] })
    .map(({ exercise, commands }) => ({ title: exercise, commands }));
}

/** The sections of the quick reference: comments away, lines that belong to one command together. */
export function quickReference(): PublishedPage[] {
  const pages: { title: string; commands: string[] }[] = [];
  let open: { text: string; until: (line: string) => boolean } | undefined;
  for (const line of readFileSync(QUICK_REFERENCE, 'utf8').trimEnd().split('\n')) {
    const commands = pages.at(-1)?.commands ?? [];
    if (open) {
      open.text += `\n${line}`;
      if (!open.until(line)) continue;
      commands.push(open.text);
      open = undefined;
    } else if (line.startsWith('## ')) pages.push({ title: `Quick reference: ${line.slice(3)}`, commands: [] });
    else if (line.endsWith('<<EOF')) open = { text: line, until: (next) => next === 'EOF' };
    else if (line.endsWith('\\')) open = { text: line, until: (next) => !next.endsWith('\\') };
    else if (/^\w+='.*'$/.test(line)) open = { text: line, until: (next) => !next.endsWith('\\') };
    else commands.push(withoutComment(line));
  }
  return pages;
}

/** A `#` within quotes begins no comment: as many quotes of a kind as are open are closed before one that does. */
function withoutComment(line: string): string {
  const at = [...line.matchAll(/ +# /g)]
    .map(({ index }) => index)
    .find((index) => ["'", '"'].every((quote) => line.slice(0, index).split(quote).length % 2 === 1));
  return line.slice(0, at);
}
