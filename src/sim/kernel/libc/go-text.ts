/** A size as go-humanize's Bytes writes it: `20 kB`, `2.1 GB`. */
export function humanBytes(bytes: number): string {
  if (bytes < 10) return `${bytes} B`;
  const power = Math.floor(Math.log(bytes) / Math.log(1000));
  const value = Math.floor((bytes / 1000 ** power) * 10 + 0.5) / 10;
  return `${value < 10 ? value.toFixed(1) : halfToEven(value)} ${['B', 'kB', 'MB', 'GB', 'TB'][power]}`;
}

/** Go's %.0f: a half goes to the even neighbour, so 20480 bytes are 20 kB. */
function halfToEven(value: number): number {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

/** A table as olekukonko/tablewriter draws it with cells aligned to the right: headers in capitals and centred. */
export function rightAlignedTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const heads = header.map((name) => name.toUpperCase());
  const widths = heads.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const centred = heads.map((name, at) => {
    const gap = (widths[at] as number) - name.length;
    return `${' '.repeat(Math.floor(gap / 2))}${name}${' '.repeat(Math.ceil(gap / 2))}`;
  });
  const draw = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const body = rows.map((row) => draw(row.map((cell, at) => cell.padStart(widths[at] as number))));
  return `${line}${draw(centred)}${line}${body.join('')}${body.length > 0 || rows.length === 0 ? line : ''}`;
}
