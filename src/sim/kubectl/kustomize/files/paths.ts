/** Joins and cleans a path, as Go's path/filepath does. */
export function joinPath(...parts: readonly string[]): string {
  const joined = parts.filter((part) => part !== '').join('/');
  const absolute = joined.startsWith('/');
  const found: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && found.length > 0 && found.at(-1) !== '..') found.pop();
    else if (part !== '..' || !absolute) found.push(part);
  }
  const cleaned = found.join('/');
  return absolute ? `/${cleaned}` : cleaned || '.';
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) || (path.startsWith('/') ? '/' : '.');
}

/** Whether a directory is another one, or below it. */
export function isWithin(directory: string, ancestor: string): boolean {
  return ancestor === '/' || directory === ancestor || directory.startsWith(`${ancestor}/`);
}
