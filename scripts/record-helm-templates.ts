// Asks the real helm what it makes of the snippets in test/sim/helm/template/cases, and writes its answers down:
//   node scripts/run.mjs scripts/record-helm-templates.ts [TABLE...]
// Each snippet is a file of the chart beside them; where it has an output, that comes as JSON, because helm reads what
// it renders as YAML.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClients } from '../test/clients/real-kubectl.js';
import {
  actionsOf,
  allSnippets,
  type RecordedSnippet,
  type Recording,
  type Snippet,
} from '../test/sim/helm/template/cases.js';

const folder = fileURLToPath(new URL('../test/sim/helm/template/', import.meta.url));
const recordedPath = join(folder, 'recorded.json');
const { helm, reason } = realClients();
if (helm === undefined) throw new Error(reason);

/** Renders the chart with one more template, which writes the snippet's text as JSON, or with the snippet alone. */
async function template(text: string, wrapped: boolean): Promise<{ stdout: string; stderr: string }> {
  const chart = join(mkdtempSync(join(tmpdir(), 'helm-snippet-')), 'c');
  cpSync(join(folder, 'chart'), chart, { recursive: true });
  const body = wrapped ? 'out: {{ include "c/templates/_snippet.tpl" . | toJson }}\n' : text;
  if (wrapped) writeFileSync(join(chart, 'templates', '_snippet.tpl'), text);
  writeFileSync(join(chart, 'templates', 'x.yaml'), body);
  const answer = await new Promise<{ stdout: string; stderr: string }>((resolve) => {
    execFile(helm as string, ['template', 'r', chart], { maxBuffer: 1 << 26 }, (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    );
  });
  rmSync(join(chart, '..'), { recursive: true });
  return answer;
}

async function record(snippet: Snippet): Promise<RecordedSnippet[]> {
  const { stdout } = await template(snippet.text, true);
  const out = /^out: (.*)$/m.exec(stdout)?.[1];
  // What helm does with a file's text, it does not do with what is included.
  if (out !== undefined) return [{ ...snippet, out: (JSON.parse(out) as string).replaceAll('<no value>', '') }];
  const { stderr } = await template(snippet.text, false);
  const error = shown(stderr);
  if (error === '') throw new Error(`neither output nor error: ${snippet.text}`);
  const parts = actionsOf(snippet.text);
  if (parts.length === 1) return [{ ...snippet, error }];
  const each = [];
  for (const text of parts) each.push(...(await record({ ...snippet, text })));
  return each;
}

function shown(stderr: string): string {
  return stderr
    .replace(/^.*level=\w+ .*\n/gm, '')
    .replace(/^Error: /, '')
    .replace(/\n\nUse --debug flag to render out invalid YAML\n$/, '')
    .replace(/\n$/, '');
}

async function version(): Promise<string> {
  return new Promise((resolve) => {
    execFile(helm as string, ['version', '--template', '{{.Version}}'], (_error, stdout) => resolve(stdout.trim()));
  });
}

const wanted = process.argv.slice(2);
const snippets = allSnippets();
const known: Recording | undefined = existsSync(recordedPath)
  ? (JSON.parse(readFileSync(recordedPath, 'utf8')) as Recording)
  : undefined;
const cases: RecordedSnippet[] = (known?.cases ?? []).filter(
  ({ table }) => wanted.length > 0 && !wanted.includes(table),
);
const queue = snippets.filter(({ table }) => wanted.length === 0 || wanted.includes(table));
const answers: RecordedSnippet[][] = [];
let next = 0;
const worker = async (): Promise<void> => {
  while (next < queue.length) {
    const at = next++;
    answers[at] = await record(queue[at] as Snippet);
  }
};
await Promise.all([worker(), worker(), worker()]);
cases.push(...answers.flat());
cases.sort((a, b) => (a.table < b.table ? -1 : a.table > b.table ? 1 : 0));
const lines = cases.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
writeFileSync(
  recordedPath,
  `{\n  "program": ${JSON.stringify(`helm ${await version()}`)},\n  "cases": [\n${lines}\n  ]\n}\n`,
);
console.log(`${cases.length} cases`);
