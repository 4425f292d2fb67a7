/** What a prompt looks like where bash, or busybox's shell, asks for a command, or for more of it. */
const PROMPT = /(?:[\w.-]+@[\w.-]+:[^\n]*[$#] |(?:\/|~)\S* [$#] |> )$/;
/** What is sent just before a prompt: the mark of our shells where nothing typed is shown; readline's wish to be told of pastes. */
const PROMPT_BEGINS = ['\x1b]133;A\x07', '\x1b[?2004h'];
/** Escape sequences that only a terminal understands: colours, modes, titles. */
const ESCAPES = /\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x07/g;

/** Turns what a terminal shows into plain lines: newlines alone, no escapes, no prompts. */
export class PlainOutput {
  private readonly write: (text: string) => void;
  private readonly decoder = new TextDecoder();
  /** The unfinished last line: it may turn out to be a prompt. */
  private line = '';
  private ended = false;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  add(bytes: Uint8Array): void {
    if (this.ended) return;
    const text = (this.line + this.decoder.decode(bytes, { stream: true })).replaceAll('\r\n', '\n');
    const cut = text.lastIndexOf('\n') + 1;
    this.line = text.slice(cut);
    if (cut > 0) this.write(plain(text.slice(0, cut)));
  }

  /** Somebody asks for input: what stands before the cursor is a prompt, and not output. */
  dropPrompt(): void {
    const { line } = this;
    this.line = '';
    const begin = PROMPT_BEGINS.map((mark) => line.lastIndexOf(mark)).find((at) => at >= 0) ?? -1;
    const left = begin < 0 ? plain(line).replace(PROMPT, '') : plain(line.slice(0, begin));
    if (left !== '') this.write(left);
  }

  /** Nothing more will be shown of what follows. */
  end(): void {
    this.dropPrompt();
    this.ended = true;
  }
}

function plain(text: string): string {
  return text.replace(ESCAPES, '').replace(/\r(?!\n)/g, '');
}
