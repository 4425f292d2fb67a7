/** An end of etcdutl with `Error: …` on standard error. */
export class UtilError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
