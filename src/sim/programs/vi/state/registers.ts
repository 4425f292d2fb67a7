/** What was yanked or deleted. `char` text may have several lines; `block` lines stand one below the other. */
export interface RegisterText {
  readonly kind: 'char' | 'line' | 'block';
  readonly lines: readonly string[];
}

/** The registers of one editor: `"` is whichever was written last. */
export class Registers {
  private readonly texts = new Map<string, RegisterText>();
  private last = '0';
  /** Names whose content comes from elsewhere: the file's name, the last pattern, command or inserted text. */
  special: (name: string) => string | undefined = () => undefined;

  /** The content of a register; undefined when it is empty. */
  get(name: string | undefined): RegisterText | undefined {
    const special = name === undefined ? undefined : this.special(name);
    if (special !== undefined) return { kind: 'char', lines: special.split('\n') };
    return this.texts.get(this.named(name));
  }

  /** Every register with something in it, in the order `:registers` lists them. */
  list(): [string, RegisterText][] {
    const order = ['"', ...'0123456789abcdefghijklmnopqrstuvwxyz', '-', '*', '+', ':', '.', '%', '/'];
    return order.flatMap((name): [string, RegisterText][] => {
      const text = this.get(name);
      return text ? [[name, text]] : [];
    });
  }

  /** Writes a register by name; a capital letter appends. */
  set(name: string, text: RegisterText): void {
    if (name === '_') return;
    const lower = name.toLowerCase();
    const before = lower === name ? undefined : this.texts.get(lower);
    const target = name === '"' ? '0' : name === '*' ? '+' : lower;
    this.texts.set(target, before ? joined(before, text) : text);
    this.last = target;
  }

  /** What `y` does: the named register, or 0. */
  yank(name: string | undefined, text: RegisterText): void {
    this.set(name ?? '0', text);
  }

  /** What `d`, `c` and `x` do: the named register; else lines push 1 to 9 on and small texts go to `-`. */
  remove(name: string | undefined, text: RegisterText, alwaysNumbered = false): void {
    if (name === '_') return;
    if (name !== undefined) this.set(name, text);
    const small = text.kind !== 'line' && text.lines.length === 1;
    if (!small || alwaysNumbered) {
      for (let at = 9; at > 1; at -= 1) {
        const before = this.texts.get(String(at - 1));
        if (before) this.texts.set(String(at), before);
      }
      this.texts.set('1', text);
      if (name === undefined) this.last = '1';
    }
    if (small && name === undefined) {
      this.texts.set('-', text);
      this.last = '-';
    }
  }

  private named(name: string | undefined): string {
    if (name === undefined || name === '"') return this.last;
    return name === '*' ? '+' : name.toLowerCase();
  }
}

function joined(before: RegisterText, added: RegisterText): RegisterText {
  if (before.kind === 'line' || added.kind === 'line')
    return { kind: 'line', lines: [...before.lines, ...added.lines] };
  const lines = [...before.lines];
  lines[lines.length - 1] = `${lines.at(-1) ?? ''}${added.lines[0] ?? ''}`;
  return { kind: before.kind, lines: [...lines, ...added.lines.slice(1)] };
}
