import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { MachineHost } from './machine-host.js';
import type { ThreadMessage } from './protocol.js';
import { startMachine } from './start-machine.js';

// A learner's regular expression may be exponential; V8 then changes to an engine that is not.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const hosts = new Map<number, MachineHost>();

function hostOf(machine: number): MachineHost {
  const present = hosts.get(machine);
  if (present) return present;
  const host = new MachineHost((message) => port?.postMessage({ machine, message }), startMachine);
  hosts.set(machine, host);
  return host;
}

port.on('message', ({ machine, message }: ThreadMessage) => {
  if (message === 'drop') hosts.delete(machine);
  else hostOf(machine).receive(message);
});
