/** Stands in a frame where a row of the pane goes; characters that no text has (those of texts are taken out). */
const MARK = '\ue000';
const FIRST_ROW = 0xe100;
const PLACEHOLDER = /\ue000([\ue100-\uf7ff])/g;

/** What is drawn in place of a pane's row. */
export function rowPlaceholder(row: number): string {
  return MARK + String.fromCharCode(FIRST_ROW + row);
}

/**
 * Puts a pane's rows into a frame. They do not go through Ink: it would take every character of the screen apart on
 * every repaint, some fifty milliseconds of work where this is one.
 */
export function fillPane(frame: string, rows: readonly string[]): string {
  return frame.replace(PLACEHOLDER, (_, row: string) => rows[row.charCodeAt(0) - FIRST_ROW] ?? '');
}

/** A text without the characters that placeholders, of the pane or of other rows, begin with. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/[\ue000\ue001]/g, '?');
}
