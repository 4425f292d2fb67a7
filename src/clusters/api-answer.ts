/** The texts of warning headers: `299 - "text"`, with quotes and backslashes in it escaped. */
export function warningsIn(header = ''): string[] {
  return [...header.matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}

/** What is sent as text (a log, say) stays one, though a line of it may be JSON. */
export function bodyOf(text: string, type = ''): unknown {
  if (type.startsWith('text/plain')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
