import { actions } from './actions.js';
import type { Test } from './expression.js';
import { both, either, not, sequence } from './expression.js';
import type { FindState } from './state.js';
import { tests } from './tests.js';

/** Reads find's expression. Wrong ones end the program with find's words. */
export class ExpressionParser {
  private at = 0;

  constructor(
    private readonly words: readonly string[],
    private readonly state: FindState,
  ) {}

  all(): Test | undefined {
    if (this.words.length === 0) return undefined;
    const test = this.list();
    if (this.at < this.words.length) {
      const word = this.words[this.at] as string;
      if (word === ')') return this.state.fail("you have too many ')'");
      return this.state.fail(`paths must precede expression: \`${word}'`);
    }
    return test;
  }

  /** The next word as the argument of `name`. */
  argument(name: string): string {
    const word = this.words[this.at];
    if (word === undefined) return this.state.fail(`missing argument to \`${name}'`);
    this.at += 1;
    return word;
  }

  /** Words up to `;` or `{} +`. */
  commandWords(name: string): { words: string[]; many: boolean } {
    const words: string[] = [];
    for (; this.at < this.words.length; this.at += 1) {
      const word = this.words[this.at] as string;
      if (word === ';' || (word === '+' && words.at(-1) === '{}')) {
        this.at += 1;
        if (words.length === 0) return this.state.fail(`missing argument to \`${name}'`);
        return word === ';' ? { words, many: false } : { words: words.slice(0, -1), many: true };
      }
      words.push(word);
    }
    return this.state.fail(`missing argument to \`${name}'`);
  }

  private list(): Test {
    let test = this.or();
    while (this.words[this.at] === ',') {
      this.at += 1;
      test = sequence(test, this.or());
    }
    return test;
  }

  private or(): Test {
    let test = this.and();
    while (['-o', '-or'].includes(this.words[this.at] ?? '')) {
      const operator = this.words[this.at] as string;
      this.at += 1;
      if (this.at >= this.words.length) this.state.fail(`expected an expression after '${operator}'`);
      test = either(test, this.and());
    }
    return test;
  }

  private and(): Test {
    let test = this.unary();
    for (;;) {
      const word = this.words[this.at];
      if (word === undefined || [')', '-o', '-or', ','].includes(word)) return test;
      if (word === '-a' || word === '-and') {
        this.at += 1;
        if (this.at >= this.words.length) this.state.fail(`expected an expression after '${word}'`);
      }
      test = both(test, this.unary());
    }
  }

  private unary(): Test {
    const word = this.words[this.at];
    if (word === undefined) return this.state.fail('expected an expression');
    if (word === '!' || word === '-not') {
      this.at += 1;
      if (this.at >= this.words.length) this.state.fail(`expected an expression after '${word}'`);
      return not(this.unary());
    }
    if (word === '(') {
      this.at += 1;
      if (this.words[this.at] === ')') this.state.fail('invalid expression; empty parentheses are not allowed.');
      const test = this.list();
      if (this.words[this.at] !== ')')
        this.state.fail("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
      this.at += 1;
      return test;
    }
    return this.primary(word);
  }

  private primary(word: string): Test {
    if (['-o', '-or', '-a', '-and', ','].includes(word))
      this.state.fail(`invalid expression; you have used a binary operator '${word}' with nothing before it.`);
    if (word === ')') this.state.fail("you have too many ')'");
    if (!word.startsWith('-')) this.state.fail(`paths must precede expression: \`${word}'`);
    this.at += 1;
    const make = tests[word] ?? actions[word];
    if (!make) return this.state.fail(`unknown predicate \`${word}'`);
    return make(this.state, this, word);
  }
}

/** Makes one of find's primaries; takes its arguments from the parser. */
export type PrimaryMaker = (state: FindState, parser: ExpressionParser, name: string) => Test;
