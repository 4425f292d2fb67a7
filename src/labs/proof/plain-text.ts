const ESCAPES = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][0-9A-Z]|\x1b[=>78]|\x07/g;

/** What a terminal shows as text: newlines alone, no escape sequences. */
export function stripTerminal(text: string): string {
  return text
    .replace(ESCAPES, '')
    .replace(/\r(?!\n)/g, '')
    .replaceAll('\r\n', '\n');
}
