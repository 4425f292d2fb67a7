import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { CommandIo } from './cli/io.js';

/** The only door: picks what a command line asks for, and turns its outcome into an exit code. */
async function main(): Promise<number> {
  const io: CommandIo = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
  };
  const argv = process.argv.slice(2);
  // Ink draws nothing while it believes that nobody is watching; at a terminal somebody is.
  if (process.stdout.isTTY) process.env['CI'] = 'false';
  if (argv.length > 0) return (await import('./cli/program.js')).runProgram(argv, io);
  return (await import('./cli/open.js')).openOrIntroduce(io);
}

/** The exit code of a program whose terminal went away, as after SIGHUP. */
const HUNG_UP = 129;

/**
 * Lets go of a terminal that is gone: Node would put its modes back while it exits, and abort because it cannot. Must be
 * the last to hear of the exit.
 */
function releaseLostTerminals(): void {
  for (const [fd, { isTTY }] of [process.stdin, process.stdout, process.stderr].entries()) {
    if (!isTTY || isatty(fd)) continue;
    try {
      closeSync(fd);
    } catch (error) {
      // Its stream may have let go of it already.
      if ((error as NodeJS.ErrnoException).code !== 'EBADF') throw error;
    }
  }
}

function end(code: number): void {
  process.exitCode = code;
  process.on('exit', releaseLostTerminals);
}

// A reader that goes away (`kubedrill list | head -1`) is no failure, and neither is a terminal window that is closed.
for (const stream of [process.stdin, process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
    end(error.code === 'EPIPE' ? 0 : HUNG_UP);
    process.exit();
  });
}

// A file beyond its limit is told by the write that failed. Where nobody listens to the signal, the library that gives
// the terminal back on signals takes it for the end of the program.
process.on('SIGXFSZ', () => {});

main().then(end, (error: unknown) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(
    `kubedrill broke: ${message}\n\n${stack ?? ''}\n\nThis is a defect of ours. Please report it with the lines above and what you did.\n`,
  );
  end(70);
});
