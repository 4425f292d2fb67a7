const STRAY_QUOTE = 'bare " in non-quoted-field';
const OPEN_QUOTE = 'extraneous or missing " in quoted-field';

/** Comma-separated values as Go's encoding/csv reads them, records of any length. Throws its words. */
export function readCsv(text: string): string[][] {
  const reader = new CsvReader(text);
  const records: string[][] = [];
  for (let record = reader.next(); record; record = reader.next()) records.push(record);
  return records;
}

class CsvReader {
  private readonly lines: readonly string[];
  private index = -1;
  private began = 0;
  private at = 0;

  constructor(text: string) {
    this.lines = text.replaceAll('\r\n', '\n').split('\n');
  }

  /** The next record, or undefined at the end. Empty lines are none. */
  next(): string[] | undefined {
    do this.index += 1;
    while (this.line === '');
    if (this.line === undefined) return undefined;
    this.began = this.index;
    this.at = 0;
    const record: string[] = [];
    for (;;) {
      record.push(this.line[this.at] === '"' ? this.quoted() : this.plain());
      if (this.at >= this.line.length) return record;
      this.at += 1;
    }
  }

  private get line(): string | undefined {
    return this.lines[this.index];
  }

  /** A field without quotes; `at` is then on the comma behind it, or past the line. */
  private plain(): string {
    const line = this.line as string;
    const comma = line.indexOf(',', this.at);
    const field = comma === -1 ? line.slice(this.at) : line.slice(this.at, comma);
    const quote = field.indexOf('"');
    if (quote !== -1) throw this.error(this.at + quote + 1, STRAY_QUOTE);
    this.at = comma === -1 ? line.length + 1 : comma;
    return field;
  }

  /** A field in quotes, which may go over several lines. */
  private quoted(): string {
    let field = '';
    this.at += 1;
    for (;;) {
      const line = this.line as string;
      const quote = line.indexOf('"', this.at);
      if (quote === -1) {
        field += `${line.slice(this.at)}\n`;
        if (this.index + 1 >= this.lines.length) throw this.error(line.length + 1, OPEN_QUOTE);
        this.index += 1;
        this.at = 0;
        continue;
      }
      const doubled = line[quote + 1] === '"';
      field += line.slice(this.at, doubled ? quote + 1 : quote);
      this.at = quote + (doubled ? 2 : 1);
      if (doubled) continue;
      if (this.at >= line.length) this.at = line.length + 1;
      else if (line[this.at] !== ',') throw this.error(this.at, OPEN_QUOTE);
      return field;
    }
  }

  private error(column: number, what: string): Error {
    const [began, line] = [this.began + 1, this.index + 1];
    const where = `parse error on line ${line}, column ${column}: ${what}`;
    return new Error(began === line ? where : `record on line ${began}; ${where}`);
  }
}
