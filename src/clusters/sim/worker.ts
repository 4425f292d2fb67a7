import { setFlagsFromString } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { MachineHost } from './machine-host.js';
import type { QuestionMessage } from './protocol.js';
import { startMachine } from './start-machine.js';

// A learner's regular expression may be exponential; V8 then changes to an engine that is not.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

const port = parentPort;
if (!port) throw new Error('this file runs as a worker thread');
const host = new MachineHost((message) => port.postMessage(message), startMachine);
port.on('message', (message: QuestionMessage) => host.receive(message));
