import { sayExpected } from './expected.js';
import { atTerminal, type CommandIo } from './io.js';

/** Opens the screens; where there is no terminal, says what the program is. Resolves to the exit code. */
export async function openOrIntroduce(io: CommandIo): Promise<number> {
  if (!atTerminal(io)) return (await import('./plain.js')).introduce(io);
  const { openScreens } = await import('./screens.js');
  try {
    return await openScreens(io);
  } catch (error) {
    return sayExpected(error, io);
  }
}
