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
  if (!process.stdin.isTTY || !process.stdout.isTTY) return (await import('./cli/plain.js')).introduce(io);
  return (await import('./cli/screens.js')).openScreens(io);
}

// A reader that goes away (`kubedrill list | head -1`) is no failure, and neither is a terminal window that is closed.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0);
  throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(
      `kubedrill broke: ${message}\n\n${stack ?? ''}\n\nThis is a defect of ours. Please report it with the lines above and what you did.\n`,
    );
    process.exitCode = 70;
  },
);
