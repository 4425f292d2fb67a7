import { waitForChild } from '../../kernel/libc/child.js';
import { compilePattern, type Pattern } from '../../kernel/libc/regex/pattern.js';
import { PatternError } from '../../kernel/libc/regex/pattern-text.js';
import type { Waiting } from '../../kernel/wait.js';
import { keyHelp } from './help.js';
import type { Pager } from './pager.js';
import type { ShownText } from './text.js';

/** What comes after a key: more lines, another file (so many further on), or nothing. */
export type Outcome =
  | { readonly kind: 'lines'; readonly count: number }
  | { readonly kind: 'file'; readonly by: number }
  | { readonly kind: 'leave' };

const LEAVE: Outcome = { kind: 'leave' };
const SILENT_HELP = "[Press space to continue, 'q' to quit.]";
const DEFAULT_EDITOR = '/usr/bin/vi';

/** What more's keys do (util-linux 2.38.1, more_key_command). */
export class Commands {
  /** Set by the key z. */
  screenful: number | undefined;
  private readonly pager: Pager;
  private scroll: number | undefined;
  private last: { readonly key: string; readonly count: number | undefined } | undefined;
  private pattern: string | undefined;
  /** Where the last search began. */
  private context = 0;
  /** Something was said in the prompt's place: the next prompt is left out. */
  private said = false;

  constructor(pager: Pager) {
    this.pager = pager;
  }

  /** Prompts and does what keys say, until one asks for more or less. */
  *after(text: ShownText, prompt: string): Waiting<Outcome> {
    const { sys, options, keys } = this.pager;
    const shown = `\r\x1b[K\x1b[7m${prompt}${options.silent ? SILENT_HELP : ''}\x1b[27m`;
    if (!this.said) yield* sys.write(1, shown);
    this.said = false;
    for (;;) {
      let typed = yield* keys.next();
      let digits = '';
      for (; /^\d$/.test(typed); typed = yield* keys.next()) digits += typed;
      const given = Number(digits) || undefined;
      const again = typed === '.' ? this.last : undefined;
      const command = again ?? { key: typed, count: given };
      const outcome = yield* this.does(text, command.key, command.count);
      if (outcome === 'refused') {
        if (!options.silent) yield* sys.write(1, '\x07');
        continue;
      }
      this.last = command;
      if (outcome === 'prompt') yield* sys.write(1, shown);
      else if (outcome !== 'said') {
        yield* sys.write(1, '\r\x1b[K');
        return outcome;
      }
    }
  }

  /** `said`: it stands in the prompt's place. `prompt`: the prompt is shown again. `refused`: no such command. */
  private *does(
    text: ShownText,
    key: string,
    given: number | undefined,
  ): Waiting<Outcome | 'prompt' | 'refused' | 'said'> {
    const { pager } = this;
    const { screenful, sys } = pager;
    switch (key) {
      case ' ':
        return { kind: 'lines', count: given ?? screenful };
      case 'z':
        this.screenful = given ?? screenful;
        return { kind: 'lines', count: this.screenful };
      case '\r':
      case '\n':
        return { kind: 'lines', count: given ?? 1 };
      case 'd':
      case '\x04':
        this.scroll = given ?? this.scroll ?? Math.max(1, Math.floor(pager.rows / 2) - 1);
        return { kind: 'lines', count: this.scroll };
      case 'q':
      case 'Q':
        return LEAVE;
      case 's':
        return yield* this.skip(text, given ?? 1);
      case 'f':
      case '\x06':
        return yield* this.skip(text, (given ?? 1) * screenful);
      case 'b':
      case '\x02':
        return yield* this.back(text, given ?? 1);
      case "'":
        if (text.name === undefined) return 'refused';
        yield* sys.write(1, '\r\x1b[K\n***Back***\n\n');
        text.at = this.context;
        return { kind: 'lines', count: screenful };
      case '=':
        return yield* this.say(String(Math.min(text.at, text.count)));
      case '/':
      case 'n':
        return yield* this.find(text, key, given ?? 1);
      case ':':
        return yield* this.colon(text, given ?? 1);
      default:
        return yield* this.outside(text, key);
    }
  }

  /** Commands that leave the text where it is. */
  private *outside(text: ShownText, key: string): Waiting<Outcome | 'prompt' | 'refused'> {
    const { sys } = this.pager;
    switch (key) {
      case 'h':
      case '?':
        yield* sys.write(1, `\r\x1b[K${keyHelp(this.editor)}`);
        return 'prompt';
      case '\f': {
        if (text.name === undefined) return 'refused';
        yield* sys.write(1, '\x1b[H\x1b[J');
        text.at = Math.max(0, text.at - this.pager.screenful);
        return { kind: 'lines', count: this.pager.screenful };
      }
      case '!': {
        const line = yield* this.pager.keys.line('!');
        if (line === undefined) return 'prompt';
        yield* sys.write(1, '\n');
        yield* this.runShell(line);
        yield* sys.write(1, '------------------------\n');
        return 'prompt';
      }
      case 'v': {
        if (text.name === undefined) return 'refused';
        const { screenful } = this.pager;
        const line = text.at - screenful <= 0 ? 1 : text.at - Math.floor((screenful + 1) / 2);
        yield* this.runShell(`${this.editor} +${line} '${text.name.replaceAll("'", "'\\''")}'`);
        return 'prompt';
      }
      default:
        return 'refused';
    }
  }

  private get editor(): string {
    const { environment } = this.pager.sys;
    return environment.get('VISUAL') || environment.get('EDITOR') || DEFAULT_EDITOR;
  }

  private *say(words: string): Waiting<'said'> {
    yield* this.pager.sys.write(1, `\r\x1b[K${words}`);
    return 'said';
  }

  private *skip(text: ShownText, lines: number): Waiting<Outcome> {
    yield* this.pager.sys.write(1, `\r\x1b[K\n...skipping ${lines} line${lines === 1 ? '' : 's'}\n`);
    text.at = Math.min(text.count, text.at + lines);
    return { kind: 'lines', count: this.pager.screenful };
  }

  private *back(text: ShownText, pages: number): Waiting<Outcome | 'refused'> {
    if (text.name === undefined) return 'refused';
    const { sys, screenful } = this.pager;
    yield* sys.write(1, `\r\x1b[K...back ${pages} page${pages === 1 ? '' : 's'}\n\n`);
    text.at = Math.max(0, text.at - screenful * (pages + 1));
    return { kind: 'lines', count: screenful };
  }

  private *find(text: ShownText, key: string, nth: number): Waiting<Outcome | 'prompt' | 'said'> {
    const { keys, screenful } = this.pager;
    if (key === '/') {
      const typed = yield* keys.line('/');
      if (typed === undefined) return 'prompt';
      this.pattern = typed || this.pattern;
    }
    if (this.pattern === undefined) {
      this.said = true;
      return yield* this.say('No previous regular expression');
    }
    if (!(yield* this.search(text, this.pattern, nth))) {
      if (text.name !== undefined) yield* this.say('Pattern not found');
      else {
        yield* this.pager.sys.write(1, '\nPattern not found\n');
        return LEAVE;
      }
    }
    return { kind: 'lines', count: Math.max(1, text.name === undefined ? screenful : screenful - 1) };
  }

  /** Goes to the nth line that holds a pattern; two lines before it are shown. False when there is none. */
  *search(text: ShownText, source: string, nth: number): Waiting<boolean> {
    this.pattern = source;
    const begin = Math.min(text.at, text.count);
    this.context = begin;
    let pattern: Pattern;
    try {
      pattern = compilePattern(source, { syntax: 'basic' });
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      this.said = true;
      return false;
    }
    let left = nth;
    for (let at = begin; at < text.count; at += 1) {
      if (!pattern.test(text.line(at))) continue;
      left -= 1;
      if (left > 0) continue;
      const passed = at - begin;
      if (passed > 2 || (passed > 0 && text.name === undefined))
        yield* this.pager.sys.write(1, '\r\x1b[K\n...skipping\n');
      // In a pipe nobody goes back: the line found is the first one shown.
      text.at = text.name === undefined ? at : Math.max(begin, at - 2);
      return true;
    }
    this.said = true;
    return false;
  }

  private *colon(text: ShownText, count: number): Waiting<Outcome | 'refused' | 'said'> {
    const key = yield* this.pager.keys.next();
    if (key === 'n') return { kind: 'file', by: count };
    if (key === 'p') return { kind: 'file', by: -count };
    if (key !== 'f') return 'refused';
    const what = text.name === undefined ? '[Not a file]' : `"${text.name}"`;
    return yield* this.say(`${what} line ${Math.min(text.at, text.count)}`);
  }

  private *runShell(command: string): Waiting<void> {
    const { sys, keys } = this.pager;
    const shell = sys.environment.get('SHELL') || '/bin/sh';
    keys.end();
    const pid = sys.spawn(shell, [shell, '-c', command], {
      descriptors: new Map([
        [0, keys.descriptor],
        [1, 1],
        [2, 2],
      ]),
    });
    yield* waitForChild(sys, pid);
    keys.begin();
  }
}
