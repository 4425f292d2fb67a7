/**
 * `npm run prove`: proves every lab with every cause, on as many threads as there are processors, and names the slowest.
 * What did not change since this very program proved it last is not played again; `npm run prove -- --fresh` plays it.
 * Labs that hold are noted in the list by which `npm test` knows what it need not prove wholly.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cache, root } from './tooling/paths.mjs';

const OUTPUT_MAX = 256 * 1024 * 1024;
const program = join(root, 'dist', 'main.js');

process.chdir(root);
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);
// All that ships, the templates of new labs among it, and nobody's own; and the lab that authors are shown.
const all = ['content', pageLab()];
const check = [program, 'check'];
const given = process.argv.slice(2);
const wanted = given.some((word) => !word.startsWith('-')) ? given : [...all, ...given];
const proven = spawnSync(process.execPath, [...check, '--slowest', ...wanted], { stdio: 'inherit' });
// All of this is remembered now, so that it is told again at once.
const told = spawnSync(process.execPath, [...check, '--json', ...all], { encoding: 'utf8', maxBuffer: OUTPUT_MAX });
const { labs } = JSON.parse(told.stdout);
const lines = labs.filter(({ failures }) => failures.length === 0).map(({ lab, hash }) => `${lab} ${hash}`);
writeFileSync('test/content/proven.txt', `${lines.sort().join('\n')}\n`);
process.exit(proven.status ?? 1);

/** The lab of the page for authors, in a file by itself. */
function pageLab() {
  const [, text] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(readFileSync('docs/authoring.md', 'utf8'));
  const file = join(cache, 'authoring', 'cka', 'labs', 'label-a-node.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
