import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** What Ink takes for its terminal: every frame it makes goes to a painter, whole. */
export class FrameStream extends EventEmitter {
  readonly isTTY = true;
  private readonly size: () => { readonly columns: number; readonly rows: number };
  private readonly onFrame: (frame: string) => void;

  constructor(size: () => { readonly columns: number; readonly rows: number }, onFrame: (frame: string) => void) {
    super();
    this.size = size;
    this.onFrame = onFrame;
  }

  get columns(): number {
    return this.size().columns;
  }

  get rows(): number {
    return this.size().rows;
  }

  write(frame: string): boolean {
    // Ink shows and hides a cursor; here somebody else does.
    if (frame !== HIDE_CURSOR && frame !== SHOW_CURSOR) this.onFrame(frame);
    return true;
  }
}

/** What Ink takes for its keyboard: only what is typed into text boxes comes through it. */
export class TextBoxStream extends PassThrough {
  readonly isTTY = true;

  setRawMode(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
