import type { Value } from './values.js';

/** Something that a Python program may do and that is not understood here: never to be answered wrongly. */
export class NotSimulated extends Error {
  readonly line: number | undefined;

  constructor(what: string, line?: number) {
    super(what);
    this.line = line;
  }
}

/** The program is no Python. */
export class WrongSyntax extends Error {
  readonly line: number;
  readonly type: string;

  constructor(message: string, line: number, type = 'SyntaxError') {
    super(message);
    this.line = line;
    this.type = type;
  }
}

/** An exception that the program raised, or that was raised for it. */
export class Raised extends Error {
  readonly type: string;
  readonly value: Value | undefined;
  /** Where it passed, innermost first: line and function. */
  readonly trace: { readonly line: number; readonly where: string }[] = [];

  constructor(type: string, message: string, value?: Value) {
    super(message);
    this.type = type;
    this.value = value;
  }
}
