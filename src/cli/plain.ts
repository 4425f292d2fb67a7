import { playDemo } from './demo.js';
import { type CommandIo, say } from './io.js';

/** The bare command without a terminal: says what the program is and plays the demo. */
export async function introduce(io: CommandIo): Promise<number> {
  say(io, 'kubedrill: practise for the Kubernetes certifications in your terminal.');
  say(io, 'Its screens need a terminal. Here is one lab being solved; `kubedrill --help` lists the commands.\n');
  await playDemo(io);
  return 0;
}
