import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Answer, comparable } from './answer.js';
import type { Tree } from './tree.js';

/** Builds a tree with the real kubectl, which has no git to call. */
export function buildReally(kubectl: string, tree: Tree): Answer {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'tree-'));
  try {
    for (const [path, text] of Object.entries(tree.files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    for (const [path, target] of Object.entries(tree.links ?? {})) symlinkSync(target, join(root, path));
    const { stdout, stderr, status } = spawnSync(kubectl, ['kustomize', ...(tree.args ?? ['.'])], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: '/nonexistent', HOME: '/nonexistent' },
    });
    return comparable({ stdout, stderr, code: status ?? -1 }, root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Program and version that answer. */
export function versionOf(kubectl: string): string {
  const { stdout } = spawnSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' });
  const { clientVersion, kustomizeVersion } = JSON.parse(stdout) as {
    clientVersion: { gitVersion: string };
    kustomizeVersion: string;
  };
  return `kubectl ${clientVersion.gitVersion} with kustomize ${kustomizeVersion}`;
}
