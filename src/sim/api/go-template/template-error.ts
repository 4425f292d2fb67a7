/**
 * What is wrong with a template or with what it does, in Go's words. `cause` is the error it wraps (`%w`), if any:
 * programs such as helm unwrap chains of them to say where each came from.
 */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  constructor(
    message: string,
    override readonly cause?: TemplateError,
    /** It came from a template that ran, not from what was called or read. */
    readonly whileExecuting = false,
  ) {
    super(message);
  }
}
