/** Something kubectl cannot print; the message is its own, without `error: `. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
  constructor(
    message: string,
    /** What had been written to standard output before. */
    readonly printed = '',
  ) {
    super(message);
  }
}
