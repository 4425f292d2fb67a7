import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Commands, type Outcome } from './commands.js';
import { Keyboard } from './keyboard.js';
import type { MoreOptions } from './options.js';
import type { ShownText } from './text.js';

type Opens = (name: string | undefined) => Waiting<ShownText | undefined>;

/** Shows texts on a terminal, a screenful at a time; behind a text's end there are empty lines, until a key leaves it. */
export class Pager {
  readonly sys: Sys;
  readonly options: MoreOptions;
  private readonly commands: Commands;
  private keyboard: Keyboard | undefined;
  private blank = false;

  constructor(sys: Sys, options: MoreOptions) {
    this.sys = sys;
    this.options = options;
    this.commands = new Commands(this);
  }

  /** Lines of a screenful: those of the window but one, unless it was told otherwise. */
  get screenful(): number {
    return this.commands.screenful ?? this.options.lines ?? Math.max(1, this.rows - 1);
  }

  get rows(): number {
    return this.sys.windowSize(1)?.rows ?? 24;
  }

  get keys(): Keyboard {
    this.keyboard ??= new Keyboard(this.sys);
    return this.keyboard;
  }

  /** Shows texts one after another. Ends when it is left, or goes beyond the last. */
  *show(names: readonly (string | undefined)[], open: Opens): Waiting<void> {
    try {
      let first = true;
      for (let at = 0; at < names.length; ) {
        const name = names[at];
        const text = yield* open(name);
        const outcome = text ? yield* this.showOne(text, { first, banner: names.length > 1, name }) : 'over';
        if (text) first = false;
        if (outcome === 'over') at += 1;
        else if (outcome.kind === 'file') at = yield* this.otherFile(names, at, outcome.by);
        else return;
      }
    } finally {
      this.keyboard?.close();
    }
  }

  /** Which file comes now: the first at least; `names.length` ends it. */
  private *otherFile(names: readonly (string | undefined)[], at: number, by: number): Waiting<number> {
    const to = Math.max(0, at + by);
    const name = names[to];
    if (name !== undefined)
      yield* this.sys.write(1, `\r\x1b[K\n...Skipping \n...Skipping ${by < 0 ? 'back ' : ''}to file ${name}\n\n`);
    return to;
  }

  private *showOne(
    text: ShownText,
    how: { readonly first: boolean; readonly banner: boolean; readonly name: string | undefined },
  ): Waiting<Outcome | 'over'> {
    let wanted = this.screenful;
    if (!how.first) {
      const outcome = yield* this.commands.after(text, `--More--(Next file: ${how.name})`);
      if (outcome.kind !== 'lines') return outcome;
      wanted = outcome.count;
    }
    if (how.banner && how.name !== undefined) {
      yield* this.sys.write(1, `${':'.repeat(14)}\n${how.name}\n${':'.repeat(14)}\n`);
      wanted -= 3;
    }
    if (how.first) yield* this.goToStart(text);
    return yield* this.pages(text, Math.max(1, wanted));
  }

  private *goToStart(text: ShownText): Waiting<void> {
    const { from, pattern } = this.options;
    text.at = from - 1;
    if (pattern !== undefined && !(yield* this.commands.search(text, pattern, 1)))
      yield* this.sys.write(1, 'Pattern not found');
  }

  private *pages(text: ShownText, first: number): Waiting<Outcome | 'over'> {
    for (let wanted = first; ; ) {
      if (this.options.clears && wanted >= this.screenful) yield* this.sys.write(1, '\x1b[H\x1b[J');
      if (!(yield* this.print(text, wanted))) return 'over';
      const outcome = yield* this.commands.after(text, this.prompt(text));
      if (outcome.kind !== 'lines') return outcome;
      wanted = outcome.count;
    }
  }

  /** Prints so many rows; false when the text is over and that ends it. */
  private *print(text: ShownText, rows: number): Waiting<boolean> {
    const { options } = this;
    const columns = this.sys.windowSize(1)?.columns ?? 80;
    for (let left = rows; left > 0; ) {
      if (text.ended && options.exitOnEof) return false;
      const line = text.next() ?? '';
      if (options.squeeze && !text.ended && line === '' && this.blank) continue;
      this.blank = line === '';
      const stops = line.startsWith('\f') && !options.noPause;
      yield* this.sys.write(1, `${stops ? `^L${line.slice(1)}` : line}\x1b[K\n`);
      left -= options.logical ? 1 : Math.max(1, Math.ceil(line.length / columns));
      if (stops) break;
    }
    return !(text.ended && options.exitOnEof);
  }

  private prompt(text: ShownText): string {
    if (text.ended) return '(END)';
    const percent = text.percent();
    return `--More--${percent === undefined ? '' : `(${percent}%)`}`;
  }
}
