import type { IBufferCell } from '@xterm/headless';

/** The SGR parameters of a cell, joined by semicolons; empty when it is plain. Without `colours` they are left out. */
export function cellStyle(cell: IBufferCell, colours: boolean): string {
  const codes: (number | string)[] = [];
  if (cell.isBold()) codes.push(1);
  if (cell.isDim()) codes.push(2);
  if (cell.isItalic()) codes.push(3);
  if (cell.isUnderline()) codes.push(4);
  if (cell.isInverse()) codes.push(7);
  if (cell.isInvisible()) codes.push(8);
  if (cell.isStrikethrough()) codes.push(9);
  if (colours) {
    if (cell.isFgRGB()) codes.push(`38;2;${rgb(cell.getFgColor())}`);
    else if (cell.isFgPalette()) codes.push(palette(cell.getFgColor(), 30, 90, 38));
    if (cell.isBgRGB()) codes.push(`48;2;${rgb(cell.getBgColor())}`);
    else if (cell.isBgPalette()) codes.push(palette(cell.getBgColor(), 40, 100, 48));
  }
  return codes.join(';');
}

function palette(index: number, low: number, bright: number, extended: number): string {
  if (index < 8) return String(low + index);
  if (index < 16) return String(bright + index - 8);
  return `${extended};5;${index}`;
}

function rgb(value: number): string {
  return `${(value >> 16) & 0xff};${(value >> 8) & 0xff};${value & 0xff}`;
}
