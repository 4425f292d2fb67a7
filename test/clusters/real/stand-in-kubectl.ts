import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder with a kubectl of the test's own. */
export interface StandIn {
  readonly folder: string;
  readonly kubectl: string;
  /** An environment in which it is the kubectl of PATH. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  remove(): void;
}

/** Writes a kubectl that is a script of node's: `args` are its words. */
export function standInKubectl(script: string, mode = 0o755): StandIn {
  const folder = mkdtempSync(join(tmpdir(), 'kubedrill-stand-in-'));
  const kubectl = join(folder, 'kubectl');
  writeFileSync(kubectl, `#!${process.execPath}\nconst args = process.argv.slice(2);\n${script}\n`, { mode });
  return {
    folder,
    kubectl,
    environment: { ...process.env, PATH: folder, KUBEDRILL_KUBECTL: undefined },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `kubectl version --client --output=json` prints. */
export function tellsVersion(version: string): string {
  return `console.log(JSON.stringify({ clientVersion: { gitVersion: '${version}' } }))`;
}
