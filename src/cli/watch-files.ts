import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** A save is several changes: the file is emptied, written, or put in the other's place. */
const SETTLE_MILLISECONDS = 60;

/**
 * Tells of files whose text became another, by their paths, shortly after. Folders are watched rather than files, for
 * editors put a new file in the old one's place. Returns what ends it.
 */
export function watchFiles(paths: readonly string[], onChange: (changed: readonly string[]) => void): () => void {
  const known = new Map(paths.map((path) => [path, textOf(path)]));
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const changed = paths.filter((path) => {
      const text = textOf(path);
      // Between an old file and a new one there is none.
      if (text === undefined || text === known.get(path)) return false;
      known.set(path, text);
      return true;
    });
    if (changed.length > 0) onChange(changed);
  };
  const stir = (): void => {
    clearTimeout(timer);
    timer = setTimeout(look, SETTLE_MILLISECONDS);
  };
  const watchers = [...new Set(paths.map(dirname))].map((folder): FSWatcher => {
    const names = new Set(paths.filter((path) => dirname(path) === folder).map((path) => basename(path)));
    const watcher = watch(folder, (_, name) => {
      if (name === null || names.has(name)) stir();
    });
    // A folder that goes away takes its labs with it; there is nothing more to tell.
    return watcher.on('error', () => watcher.close());
  });
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
