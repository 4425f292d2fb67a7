import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A world served by the built program in a process of its own. */
export interface Served {
  readonly process: ChildProcess;
  readonly kubeconfig: string;
}

/** Starts `kubedrill serve` and resolves when it answers. */
export async function serveWorld(world = 'three-node'): Promise<Served & { end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const main = join(process.cwd(), 'dist', 'main.js');
  const child = spawn(process.execPath, [main, 'serve', '--world', world, '--seed', '1', '--kubeconfig', kubeconfig], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`kubedrill serve ended with ${code}`)));
  });
  return {
    process: child,
    kubeconfig,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
