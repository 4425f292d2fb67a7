/** Tells the line of a position in a source text. */
export class SourceLines {
  private readonly starts: number[] = [0];

  constructor(
    readonly text: string,
    private readonly firstLine: number,
  ) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.starts.push(at + 1);
  }

  lineOf(position: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return this.firstLine + low;
  }
}
