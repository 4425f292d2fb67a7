const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[2J';
/** Buttons and the wheel, in the SGR form. */
const MOUSE_ON = '\x1b[?1000h\x1b[?1006h';
const MOUSE_OFF = '\x1b[?1006l\x1b[?1000l';
const LEAVE = '\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l';

/** The streams of the terminal the program runs in. */
export interface OuterStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/**
 * The one place that takes a person's terminal and gives it back: the alternate screen, the cursor, bracketed paste,
 * the mouse, raw mode. `leave` may be called any number of times.
 */
export class OuterTerminal {
  private readonly streams: OuterStreams;
  private readonly restore = (): void => this.leave();
  private entered = false;
  private mouseWanted = false;

  constructor(streams: OuterStreams) {
    this.streams = streams;
  }

  enter(): void {
    if (this.entered) return;
    this.entered = true;
    const { stdin, stdout } = this.streams;
    stdin.setRawMode?.(true);
    stdin.resume();
    stdout.write(this.mouseWanted ? ENTER + MOUSE_ON : ENTER);
    process.on('exit', this.restore);
  }

  /** Asks for the mouse, or leaves it to the person's terminal, which selects text with it. */
  mouse(wanted: boolean): void {
    if (wanted === this.mouseWanted) return;
    this.mouseWanted = wanted;
    if (this.entered) this.streams.stdout.write(wanted ? MOUSE_ON : MOUSE_OFF);
  }

  leave(): void {
    if (!this.entered) return;
    this.entered = false;
    const { stdin, stdout } = this.streams;
    stdout.write(this.mouseWanted ? MOUSE_OFF + LEAVE : LEAVE);
    stdin.setRawMode?.(false);
    stdin.pause();
    process.off('exit', this.restore);
  }
}
