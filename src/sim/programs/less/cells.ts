import stringWidth from 'string-width';

/** One character as it is shown. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** Which character of the plain line it belongs to. */
  readonly at: number;
  /** Bytes of the line before it. */
  readonly byte: number;
  /** Shown by less in its own way: reversed (`^A`), bold or underlined (overstrikes). */
  readonly mark: '' | 'reverse' | 'bold' | 'underline';
  /** The colours the line itself has set so far (with -R). */
  readonly sgr: string;
}

/** A line taken apart: what is searched in, and what is shown. */
export interface Characters {
  readonly plain: string;
  readonly cells: readonly Cell[];
}

export interface CellOptions {
  readonly tab: number;
  /** 0: as ^X, 1: raw, 2: colours raw. */
  readonly raw: number;
  /** 0: overstrikes mean bold and underlined, 1: overstrikes as they are, 2: ^H. */
  readonly backspaces: number;
}

const SEQUENCE = /^\x1b\[[0-9;:]*m/;
const HYPERLINK = /^\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)/;
const OVERSTRIKE = /^(.)\x08(.)/su;

/** Takes a line apart. */
export function cellsOf(line: string, options: CellOptions): Characters {
  const reader = new Reader(options.backspaces === 0 && line.endsWith('\r') ? line.slice(0, -1) : line, options);
  return reader.all();
}

class Reader {
  private plain = '';
  private byte = 0;
  private column = 0;
  private sgr = '';
  private readonly cells: Cell[] = [];

  constructor(
    private readonly line: string,
    private readonly options: CellOptions,
  ) {}

  all(): Characters {
    for (let at = 0; at < this.line.length; ) at += this.step(at);
    return { plain: this.plain, cells: this.cells };
  }

  private step(at: number): number {
    const char = String.fromCodePoint(this.line.codePointAt(at) as number);
    const code = char.codePointAt(0) as number;
    if (code === 0x1b && this.options.raw === 2) {
      const rest = this.line.slice(at, at + 512);
      const sequence = SEQUENCE.exec(rest)?.[0] ?? HYPERLINK.exec(rest)?.[0];
      if (sequence !== undefined) {
        if (sequence.endsWith('m')) this.sgr = /^\x1b\[0*m$/.test(sequence) ? '' : this.sgr + sequence;
        this.byte += sequence.length;
        return sequence.length;
      }
    }
    if (this.options.backspaces === 0 && this.line[at + char.length] === '\b') {
      const over = OVERSTRIKE.exec(this.line.slice(at, at + 5));
      if (over) return this.overstrike(over[1] as string, over[2] as string);
    }
    this.put(char, code);
    return char.length;
  }

  private overstrike(first: string, second: string): number {
    const underline = first === '_' || second === '_';
    const shown = first === '_' ? second : first;
    const mark = first === second && first !== '_' ? 'bold' : underline ? 'underline' : '';
    this.add(shown, shown, mark, Buffer.byteLength(first) + 1 + Buffer.byteLength(second));
    return first.length + 1 + second.length;
  }

  private put(char: string, code: number): void {
    if (code === 0x09) {
      const width = this.options.tab - (this.column % this.options.tab);
      const at = this.plain.length;
      this.plain += char;
      for (let count = 0; count < width; count += 1) this.push(' ', 1, at, '');
      this.byte += 1;
    } else if (code < 0x20 || code === 0x7f) {
      if (this.options.raw === 1) this.add(char, char, '', 1);
      else if (code === 0x08 && this.options.backspaces === 1) this.overwrite(char);
      else if (code === 0x1b) this.add(char, 'ESC', 'reverse', 1);
      else this.add(char, `^${String.fromCharCode(code ^ 0x40)}`, 'reverse', 1);
    } else if (code >= 0x80 && code < 0xa0) {
      this.add(char, `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`, 'reverse', 2);
    } else this.add(char, char, '', Buffer.byteLength(char));
  }

  /** A backspace as it is: what follows is written over what was. */
  private overwrite(char: string): void {
    this.plain += char;
    this.byte += 1;
    this.column -= this.cells.pop()?.width ?? 0;
  }

  private add(char: string, shown: string, mark: Cell['mark'], bytes: number): void {
    const at = this.plain.length;
    this.plain += char;
    if (mark === 'reverse') for (const part of shown) this.push(part, 1, at, mark);
    else this.push(shown, widthOf(shown), at, mark);
    this.byte += bytes;
  }

  private push(text: string, width: number, at: number, mark: Cell['mark']): void {
    const last = this.cells.at(-1);
    if (width === 0 && last) this.cells[this.cells.length - 1] = { ...last, text: last.text + text };
    else this.cells.push({ text, width, at, byte: this.byte, mark, sgr: this.sgr });
    this.column += width;
  }
}

function widthOf(char: string): number {
  return char >= ' ' && char <= '~' ? 1 : stringWidth(char);
}
