/** `npm start`: builds what is missing or old, without a word, and runs the program in this process. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIsFresh } from './tooling/freshness.mjs';
import { root } from './tooling/paths.mjs';

const program = join(root, 'dist', 'main.js');

/** Builds in a process of its own; its output is shown only when it fails. */
function build() {
  const note = process.stderr.isTTY ? 'kubedrill: building, once …' : '';
  process.stderr.write(note);
  const result = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, encoding: 'utf8' });
  if (note !== '') process.stderr.write('\r\u001b[K');
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}kubedrill: the build failed; see above\n`);
  process.exit(1);
}

if (!buildIsFresh()) build();
process.argv[1] = program;
await import(pathToFileURL(program).href);
