const MODE = /\x1b\[\?([\d;]+)([hl])/g;
/** Modes a terminal has from the start, so that giving it back means switching them on. */
const ON_BY_ITSELF: readonly string[] = ['7', '25'];

/** Follows which modes a terminal was asked for, so that whoever is cut off can give it back as it was. */
export class TerminalModes {
  private readonly changed = new Set<string>();
  private tail = '';

  /** Takes what is being written to the terminal. */
  follow(bytes: Uint8Array): void {
    const text = this.tail + Buffer.from(bytes).toString('latin1');
    for (const [, modes = '', how] of text.matchAll(MODE)) {
      for (const mode of modes.split(';')) {
        if ((how === 'h') === ON_BY_ITSELF.includes(mode)) this.changed.delete(mode);
        else this.changed.add(mode);
      }
    }
    this.tail = /\x1b(?:\[(?:\?[\d;]*)?)?$/.exec(text)?.[0] ?? '';
  }

  /** What gives the terminal back as it was. */
  restoring(): string {
    const back = [...this.changed].map((mode) => `\x1b[?${mode}${ON_BY_ITSELF.includes(mode) ? 'h' : 'l'}`);
    return `\x1b[0m${back.join('')}`;
  }
}
