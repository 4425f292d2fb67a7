import type { CommandIo } from './io.js';
import { introduce } from './plain.js';

/** Opens the screens and resolves to the exit code when they are left. */
export async function openScreens(io: CommandIo): Promise<number> {
  return introduce(io);
}
