import { Terminal } from '@xterm/headless';

/** What a person sees at the end. */
export interface Seen {
  readonly rows: readonly string[];
  /** Column and row, from 0. */
  readonly cursor: readonly [number, number];
}

/** Draws what was sent to a terminal of a size. */
export async function seen(sent: string, columns: number, rows: number): Promise<Seen> {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(sent, resolve);
  });
  const { active } = terminal.buffer;
  const shown = Array.from(
    { length: rows },
    (_, at) =>
      active
        .getLine(active.viewportY + at)
        ?.translateToString(true)
        .trimEnd() ?? '',
  );
  const place = [active.cursorX, active.cursorY] as const;
  terminal.dispose();
  return { rows: shown, cursor: place };
}
