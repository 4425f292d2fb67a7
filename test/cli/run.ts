import { PassThrough } from 'node:stream';
import type { CommandIo } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/program.js';

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line of the program in this process, on plain streams. */
export async function run(argv: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const [stdout, stderr] = [collect(), collect()];
  const io = { stdin: new PassThrough(), stdout: stdout.stream, stderr: stderr.stream, environment };
  const code = await runProgram(argv, io as unknown as CommandIo);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collect(): { stream: PassThrough; text(): string } {
  const stream = new PassThrough();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
