const ERASE_LINE = '\r\x1b[K';

/** Tells on the standard error how far a proof is: a line that is drawn anew on a terminal, else one at the beginning. */
export class ProofProgress {
  private readonly stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;
  private readonly total: number;
  private decided = 0;
  private lab = '';
  private over = false;

  constructor(stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>, labs: number, cases: number) {
    this.stderr = stderr;
    this.total = cases;
    if (!stderr.isTTY && cases > 0) stderr.write(`proving ${labs} lab${labs === 1 ? '' : 's'}, ${cases} cases\n`);
    this.draw();
  }

  /** One more case is decided. */
  caseDecided(lab: string): void {
    this.decided += 1;
    this.lab = lab;
    this.draw();
  }

  /** Prints what stays, above the line. */
  above(print: () => void): void {
    this.erase();
    print();
    this.draw();
  }

  /** Takes the line away. */
  end(): void {
    this.erase();
    this.over = true;
  }

  private draw(): void {
    if (!this.stderr.isTTY || this.over || this.total === 0) return;
    const lab = this.lab === '' ? '' : ` · ${this.lab}`;
    this.stderr.write(`${ERASE_LINE}proving: ${this.decided} of ${this.total} cases${lab}`);
  }

  private erase(): void {
    if (this.stderr.isTTY && !this.over && this.total > 0) this.stderr.write(ERASE_LINE);
  }
}
