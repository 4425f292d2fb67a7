/** A cell: what is shown and how many columns it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

const COLUMN_MIN = 3;
const TAB = 8;

/** Lays cells out in as many columns as fit; `down`: read down each column, else across. `tabs`: fill with tabs. */
export function inColumns(cells: readonly Cell[], lineWidth: number, down: boolean, tabs: boolean): string {
  if (cells.length === 0) return '';
  const layout = widest(cells, lineWidth, down);
  const rows = Math.ceil(cells.length / layout.length);
  let result = '';
  for (let row = 0; row < rows; row += 1) {
    let position = 0;
    for (let column = 0; ; column += 1) {
      const index = down ? column * rows + row : row * layout.length + column;
      const cell = cells[index] as Cell;
      result += cell.text;
      const next = down ? index + rows : index + 1;
      if (next >= cells.length || (!down && column === layout.length - 1)) break;
      const end = position + (layout[column] as number);
      result += filler(position + cell.width, end, tabs);
      position = end;
    }
    result += '\n';
  }
  return result;
}

/** Widths of the columns of the layout with the most columns that fits. */
function widest(cells: readonly Cell[], lineWidth: number, down: boolean): number[] {
  const most = Math.max(1, Math.min(cells.length, lineWidth === 0 ? cells.length : Math.floor(lineWidth / COLUMN_MIN)));
  for (let count = most; count > 1; count -= 1) {
    const rows = Math.ceil(cells.length / count);
    const widths = new Array<number>(count).fill(COLUMN_MIN);
    for (const [index, { width }] of cells.entries()) {
      const column = down ? Math.floor(index / rows) : index % count;
      const full = width + (column === count - 1 ? 0 : 2);
      widths[column] = Math.max(widths[column] as number, full);
    }
    if (lineWidth === 0 || widths.reduce((sum, width) => sum + width, 0) < lineWidth) return widths;
  }
  return [Math.max(COLUMN_MIN, ...cells.map(({ width }) => width))];
}

function filler(from: number, to: number, tabs: boolean): string {
  let at = from;
  let result = '';
  while (at < to) {
    if (tabs && Math.floor(to / TAB) > Math.floor((at + 1) / TAB)) {
      result += '\t';
      at += TAB - (at % TAB);
    } else {
      result += ' ';
      at += 1;
    }
  }
  return result;
}

/** Names with commas between, broken at the line's width. */
export function withCommas(cells: readonly Cell[], lineWidth: number): string {
  let result = '';
  let position = 0;
  for (const [index, { text, width }] of cells.entries()) {
    if (index > 0) {
      const fits = lineWidth === 0 || position + width + 2 < lineWidth;
      result += fits ? ', ' : ',\n';
      position = fits ? position + 2 : 0;
    }
    result += text;
    position += width;
  }
  return cells.length > 0 ? `${result}\n` : '';
}
