import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A short digest of text. */
export function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * A digest of what lies under the paths: names, sizes and times of change, so that looking takes milliseconds.
 * `skip(path)` leaves a file or folder out; a path that does not exist counts as absent.
 */
export function fingerprint(root, paths, skip = () => false) {
  const lines = [process.version];
  const visit = (path) => {
    if (skip(path)) return;
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    if (stat === undefined) return;
    if (!stat.isDirectory()) {
      lines.push(`${path} ${stat.size} ${stat.mtimeMs}`);
      return;
    }
    for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`);
  };
  for (const path of paths) visit(path);
  return digest(lines.join('\n'));
}
