/** A command that cannot be done and says nothing: the terminal beeps, and what was typed ahead is thrown away. */
export class Beep {}

/** A command that ends with a message in the colours of an error, such as `E486: Pattern not found: x`. */
export class EditorError {
  readonly message: string;
  /** What was already said on the bottom line, which makes it two lines. */
  readonly above: string | undefined;

  constructor(message: string, above?: string) {
    this.message = message;
    this.above = above;
  }
}

/** The editor is left, with an exit status. */
export class Quit {
  readonly status: number;

  constructor(status = 0) {
    this.status = status;
  }
}

/** The command was interrupted by Ctrl-C. */
export class Interrupted {}
