/** A path without escapes, `..` and double slashes; undefined when it is none. */
export function normalized(path: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(path) || !path.startsWith('/')) return undefined;
  let text: string;
  try {
    text = decodeURIComponent(path);
  } catch {
    // Bytes that are no UTF-8 name no file here.
    text = path;
  }
  const parts: string[] = [];
  const names = text.split('/').slice(1);
  for (const [index, name] of names.entries()) {
    if (name === '..' && parts.length === 0) return undefined;
    if (name === '..') parts.pop();
    else if (name !== '.' && (name !== '' || index === names.length - 1)) parts.push(name);
  }
  return `/${parts.join('/')}`;
}
