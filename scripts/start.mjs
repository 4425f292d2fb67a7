/** `npm start`: builds what is missing or old, saying so in one line, and runs the program in this process. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { buildIsFresh } from './tooling/freshness.mjs';
import { root } from './tooling/paths.mjs';
import { startNote } from './tooling/start-note.mjs';

const program = join(root, 'dist', 'main.js');
const note = startNote(process);

/** Builds in a process of its own; its output is shown only when it fails. */
async function build() {
  note.say('Building kubedrill, once …');
  const builder = spawn(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root, stdio: 'pipe' });
  const [stdout, stderr, [code]] = await Promise.all([
    text(builder.stdout),
    text(builder.stderr),
    once(builder, 'close'),
  ]);
  if (code === 0) return;
  note.end();
  process.stderr.write(`${stdout}${stderr}kubedrill: the build failed; see above\n`);
  process.exit(1);
}

if (!buildIsFresh()) await build();
if (process.stderr.isTTY) note.say('Starting kubedrill …');
process.on('exit', note.end);
process.argv[1] = program;
await import(pathToFileURL(program).href);
