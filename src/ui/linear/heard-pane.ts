import { Pane, type PaneOptions } from '../pane/pane.js';

/** A pane whose output somebody hears too. */
export class HeardPane extends Pane {
  private readonly hear: (pane: HeardPane, bytes: Uint8Array) => void;

  constructor(options: PaneOptions, hear: (pane: HeardPane, bytes: Uint8Array) => void) {
    super(options);
    this.hear = hear;
  }

  /** One that is heard as well. */
  override another(options: Omit<PaneOptions, 'colours'>): HeardPane {
    return new HeardPane({ ...options, colours: this.colours }, this.hear);
  }

  override feed(bytes: Uint8Array): void {
    super.feed(bytes);
    this.hear(this, bytes);
  }
}
