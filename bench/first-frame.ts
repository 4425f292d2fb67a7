import { join } from 'node:path';
import type { Benchmark } from './benchmark.js';
import { runtimeMs } from './spawned.js';

/** What moves the cursor, colours or changes modes, and shows nothing by itself. */
const UNSEEN = /\x1b\[[0-9;?>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b.|\s/g;
const FRAME_CHARACTERS = 20;

/** From nothing to the first frame of the screens in a pty; where there is none, to the answer to --version. */
export const firstFrame: Benchmark = {
  name: 'first frame of the screens',
  unit: 'ms',
  against: 'bare start',
  aimMax: 8,
  measure: firstFrameMs,
};

async function firstFrameMs(): Promise<number> {
  const main = join(process.cwd(), 'dist', 'main.js');
  const pty = await import('@lydell/node-pty').catch(() => undefined);
  if (!pty) return runtimeMs([main, '--version']);
  const started = performance.now();
  const screen = pty.spawn(process.execPath, [main], { cols: 100, rows: 30, name: 'xterm-256color' });
  try {
    return await new Promise((resolve, reject) => {
      let shown = '';
      screen.onData((data) => {
        shown += data;
        if (shown.replace(UNSEEN, '').length >= FRAME_CHARACTERS) resolve(performance.now() - started);
      });
      screen.onExit(({ exitCode }) => reject(new Error(`the program ended with ${exitCode} before its first frame`)));
    });
  } finally {
    screen.kill();
  }
}
