/** Makes text harmless on a terminal as kubectl does: escapes and carriage returns become visible. */
export function escapeTerminal(text: string): string {
  return text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r');
}
