import { createInterface } from 'node:readline/promises';
import { type CommandIo, ExpectedError, say } from '../io.js';

/** Whether the person agrees: by `--yes`, or by typing it. Where nobody can be asked, nothing is done and said so. */
export async function agreed(question: string, yes: boolean | undefined, io: CommandIo): Promise<boolean> {
  if (yes) return true;
  if (!io.stdin.isTTY) throw new ExpectedError('Nothing was changed: nobody can be asked here. Add --yes to do it.');
  const asking = createInterface({ input: io.stdin, output: io.stdout });
  try {
    // Whoever ends the input or interrupts has not agreed.
    const answer = await Promise.race([
      asking.question(`${question} [y/N] `),
      new Promise<undefined>((resolve) => asking.once('close', () => resolve(undefined))),
    ]);
    if (answer === undefined) say(io);
    return /^y(?:es)?$/i.test(answer?.trim() ?? '');
  } finally {
    asking.close();
  }
}
