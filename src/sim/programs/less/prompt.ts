/** What prompts tell of. Undefined is what is not known. */
export interface Facts {
  /** The file's name; undefined for standard input. */
  readonly file: string | undefined;
  readonly newFile: boolean;
  readonly index: number;
  readonly count: number;
  readonly next: string | undefined;
  readonly atEnd: boolean;
  readonly size: number | undefined;
  readonly lines: number | undefined;
  readonly shift: number;
  readonly editor: string;
  readonly rows: number;
  /** The byte at a row of the screen, and its line counted from 1; undefined when unknown. */
  byte(where: string): number | undefined;
  line(where: string): number | undefined;
}

/** The prompts of less 590, in its own language. */
export const PROMPTS = {
  short: '?n?f%f .?m(%T %i of %m) ..?e(END) ?x- Next\\: %x..%t',
  medium: '?n?f%f .?m(%T %i of %m) ..?e(END) ?x- Next\\: %x.:?pB%pB\\%:byte %bB?s/%s...%t',
  long: '?f%f .?n?m(%T %i of %m) ..?ltlines %lt-%lb?L/%L. :byte %bB?s/%s. .?e(END) ?x- Next\\: %x.:?pB%pB\\%..%t',
  equals: '?f%f .?m(%T %i of %m) .?ltlines %lt-%lb?L/%L. .byte %bB?s/%s. ?e(END) :?pB%pB\\%..%t',
  help: 'HELP -- ?eEND -- Press g to see it again:Press RETURN for more., or q when done',
  waiting: 'Waiting for data',
  editor: '%E ?lm+%lm. %g',
} as const;

/** Expands a prompt: `%x` values, `?x…:….` choices, a backslash takes what follows as it is. */
export function expandPrompt(prototype: string, facts: Facts): string {
  return new Expansion(prototype, facts).all();
}

class Expansion {
  private at = 0;
  private text = '';

  constructor(
    private readonly prototype: string,
    private readonly facts: Facts,
  ) {}

  all(): string {
    while (this.at < this.prototype.length) this.step(true);
    return this.text;
  }

  private take(): string {
    const char = this.prototype.charAt(this.at);
    this.at += 1;
    return char;
  }

  /** A letter that names a row may follow what asks for one. */
  private takeWhere(letter: string): string {
    if (!'bdlp'.includes(letter)) return 't';
    const where = this.prototype.charAt(this.at);
    if (!/[tmbBj]/.test(where)) return 't';
    this.at += 1;
    return where;
  }

  /** One step; what is not shown is read all the same. False at the end of a choice's part. */
  private step(shown: boolean): 'go on' | ':' | '.' {
    const char = this.take();
    if (char === '\\') this.put(shown, this.take());
    else if (char === '?') this.choice(shown);
    else if (char === '.' || char === ':') return char;
    else if (char === '%') this.value(shown);
    else this.put(shown, char);
    return 'go on';
  }

  private put(shown: boolean, text: string): void {
    if (shown) this.text += text;
  }

  private choice(shown: boolean): void {
    const letter = this.take();
    const holds = this.holds(letter, this.takeWhere(letter));
    let part = holds;
    while (this.at < this.prototype.length) {
      const step = this.step(shown && part);
      if (step === '.') return;
      if (step === ':') part = !holds;
    }
  }

  private holds(letter: string, where: string): boolean {
    const { facts } = this;
    switch (letter) {
      case 'b':
      case 'B':
      case 's':
        return (letter === 'b' ? facts.byte(where) : facts.size) !== undefined;
      case 'c':
        return facts.shift > 0;
      case 'e':
        return facts.atEnd;
      case 'f':
        return facts.file !== undefined;
      case 'l':
      case 'd':
        return facts.line(where) !== undefined;
      case 'L':
      case 'D':
        return facts.lines !== undefined;
      case 'm':
        return facts.count > 1;
      case 'n':
        return facts.newFile;
      case 'p':
        return (facts.size ?? 0) > 0 && facts.byte(where) !== undefined;
      case 'P':
        return facts.lines !== undefined && facts.line(where) !== undefined;
      case 'x':
        return facts.next !== undefined;
      default:
        return false;
    }
  }

  private value(shown: boolean): void {
    const letter = this.take();
    const where = this.takeWhere(letter);
    if (letter === 't') {
      if (shown) this.text = this.text.replace(/ +$/, '');
      return;
    }
    this.put(shown, this.valueOf(letter, where));
  }

  private valueOf(letter: string, where: string): string {
    const { facts } = this;
    const line = facts.line(where);
    switch (letter) {
      case 'b':
        return shownNumber(facts.byte(where));
      case 'c':
        return String(facts.shift);
      case 'd':
        return line === undefined ? '?' : String(Math.floor((line - 1) / (facts.rows - 1)) + 1);
      case 'D':
        return facts.lines === undefined ? '?' : String(Math.floor((facts.lines - 1) / (facts.rows - 1)) + 1);
      case 'E':
        return facts.editor;
      case 'f':
      case 'F':
        return letter === 'f' ? (facts.file ?? '-') : (facts.file ?? '-').replace(/^.*\//, '');
      case 'g':
        return quoted(facts.file ?? '-');
      case 'i':
        return String(facts.index);
      case 'l':
        return shownNumber(line);
      case 'L':
        return shownNumber(facts.lines);
      case 'm':
        return String(facts.count);
      case 'p':
        return shownNumber(percent(facts.byte(where), facts.size));
      case 'P':
        return shownNumber(percent(line, facts.lines));
      case 'B':
      case 's':
        return shownNumber(facts.size);
      case 'T':
        return 'file';
      case 'x':
        return facts.next ?? '?';
      case '%':
        return '%';
      default:
        return '';
    }
  }
}

function shownNumber(value: number | undefined): string {
  return value === undefined ? '?' : String(value);
}

function percent(part: number | undefined, whole: number | undefined): number | undefined {
  if (part === undefined || whole === undefined) return undefined;
  return whole === 0 ? 100 : Math.round((part * 100) / whole);
}

/** A file's name as a shell reads it. */
function quoted(name: string): string {
  return name.replace(/[\s'"\\$`;&|<>()*?[\]#~!{}]/g, '\\$&');
}
