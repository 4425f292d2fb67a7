import { setTimeout as after } from 'node:timers/promises';
import type { Played } from '../real/real-cluster.js';
import type { MachineInput, SimCluster } from '../sim/sim-cluster.js';

/** How long a text may keep the terminal busy before it is interrupted. */
const TEXT_MILLISECONDS = 300_000;
const INTERRUPT_MILLISECONDS = 5_000;
/** How long a line is kept back while a program that asks a cluster, and will end by itself, would read it for its own. */
const ASKING_MILLISECONDS = 10_000;
/** Who has asked nothing for so long has ended, or waits to be told. */
const QUIET_MILLISECONDS = 300;
/** How often it is looked whether the terminal waits. */
const LOOK_MILLISECONDS = 10;
/** So deep nobody nests shells. */
const SHELLS_MAX = 16;
const COLUMNS = 100;
const ROWS = 30;

/**
 * Logs in, types each text when whoever reads asks for more, and leaves; what takes too long is interrupted. A whole line is the
 * shell's rather than that of a program which is still at work on a cluster and reads for a container (`kubectl run -i`);
 * `asked` tells how many requests there were, and are under way.
 */
export async function playTexts(
  cluster: SimCluster,
  input: (input: MachineInput) => void,
  {
    terminal,
    host,
    user,
    texts,
    onOutput,
    signal,
    asked,
  }: Played & {
    readonly terminal: number;
    asked(): { readonly begun: number; readonly open: number };
  },
): Promise<void> {
  let open = true;
  const stop = cluster.onEvent((event) => {
    if (!('terminal' in event) || event.terminal !== terminal) return;
    if (event.kind === 'output') onOutput?.(event.bytes);
    else open = false;
  });
  const type = (text: string): void => input({ kind: 'type', terminal, bytes: Buffer.from(text) });
  const waits = async (milliseconds: number): Promise<boolean> => {
    for (const end = performance.now() + milliseconds; performance.now() < end; await after(LOOK_MILLISECONDS))
      if (!open || signal?.aborted || (await cluster.advanceUntilInput(terminal, 0))) return true;
    return false;
  };
  let [begun, background] = [0, 0];
  const untilQuiet = async (): Promise<void> => {
    if (asked().begun === begun) return;
    let busy = performance.now();
    const end = busy + ASKING_MILLISECONDS;
    while (performance.now() < Math.min(end, busy + QUIET_MILLISECONDS) && open && !signal?.aborted) {
      await after(LOOK_MILLISECONDS);
      if (asked().open > background) busy = performance.now();
    }
    // Whoever still asks does so behind the shell, or is meant to read the line.
    ({ begun, open: background } = asked());
    await waits(TEXT_MILLISECONDS);
  };
  const send = async (text: string): Promise<void> => {
    type(text);
    if (await waits(TEXT_MILLISECONDS)) return;
    type('\x03');
    await waits(INTERRUPT_MILLISECONDS);
  };
  try {
    input({ kind: 'open-terminal', terminal, host, user, columns: COLUMNS, rows: ROWS });
    await waits(INTERRUPT_MILLISECONDS);
    for (const text of texts) {
      if (text.endsWith('\n')) await untilQuiet();
      if (open && !signal?.aborted) await send(text);
    }
    for (let shells = 0; open && !signal?.aborted && shells < SHELLS_MAX; shells += 1) await send('\x04');
  } finally {
    if (open) input({ kind: 'close-terminal', terminal });
    stop();
  }
}
