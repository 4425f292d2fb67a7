import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const notOurs = new Set(['node_modules', '.git', 'dist', 'coverage', 'generated', '.cache']);

/** Every file under a folder of the repository, as paths with slashes from the top; nothing when there is no such folder. */
export function filesUnder(folder: string): string[] {
  const found: string[] = [];
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (notOurs.has(entry.name)) continue;
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) visit(inside);
      else if (entry.isFile()) found.push(inside);
    }
  };
  try {
    visit(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return found.sort();
}

/** The text of a file of the repository, or undefined when it is not text. */
export function textOf(path: string): string | undefined {
  const bytes = readFileSync(join(root, path));
  return bytes.includes(0) ? undefined : bytes.toString('utf8');
}
