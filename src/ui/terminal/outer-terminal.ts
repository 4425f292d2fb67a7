const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J';
const LEAVE = '\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l';

/** The streams of the terminal the program runs in. */
export interface OuterStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/**
 * The one place that takes a person's terminal and gives it back: the alternate screen, the cursor, bracketed paste,
 * raw mode. `leave` may be called any number of times.
 */
export class OuterTerminal {
  private readonly streams: OuterStreams;
  private readonly restore = (): void => this.leave();
  private entered = false;

  constructor(streams: OuterStreams) {
    this.streams = streams;
  }

  enter(): void {
    if (this.entered) return;
    this.entered = true;
    const { stdin, stdout } = this.streams;
    stdin.setRawMode?.(true);
    stdin.resume();
    stdout.write(ENTER);
    process.on('exit', this.restore);
  }

  leave(): void {
    if (!this.entered) return;
    this.entered = false;
    const { stdin, stdout } = this.streams;
    stdout.write(LEAVE);
    stdin.setRawMode?.(false);
    stdin.pause();
    process.off('exit', this.restore);
  }
}
