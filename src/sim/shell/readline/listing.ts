import { textWidth } from '../coreutils/character-width.js';

/** Lays out possible completions in columns, sorted downwards, as readline does. */
export function listColumns(items: readonly string[], width: number): string[] {
  const widest = Math.max(...items.map(textWidth)) + 2;
  const across = Math.max(1, Math.min(Math.floor(width / widest), items.length));
  const rows = Math.ceil(items.length / across);
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    let line = '';
    for (let column = 0; column < across; column += 1) {
      const item = items[column * rows + row];
      if (item === undefined) break;
      const last = items[(column + 1) * rows + row] === undefined || column === across - 1;
      line += last ? item : item + ' '.repeat(widest - textWidth(item));
    }
    lines.push(line);
  }
  return lines;
}
