import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { realClients } from '../../clients/real-kubectl.js';
import type { RealServer } from '../real-server.js';
import { DISCOVERED, SWAGGER } from './asked.js';
import { kubectlLines } from './lines.js';
import { recordedPaths, recordedTypes, writeOpenApi } from './recording-openapi.js';
import { shortHash, typeTexts } from './texts.js';

/** Whole documents lie beside the built servers, for `show-explain.ts`. */
export const KEPT = resolve('node_modules/.cache/kubedrill-reference/openapi');

/** Records what the real server says of its kinds, and what the real kubectl makes of it. Returns how much that was. */
export async function recordOpenApi(server: RealServer, name: string): Promise<string> {
  const documents = await readDocuments(server);
  const swagger = (await server.send('GET', '/openapi/v2', {})).text;
  mkdirSync(KEPT, { recursive: true });
  writeFileSync(`${KEPT}/documents.json`, JSON.stringify([...documents]));
  const discovery: Record<string, string> = {};
  for (const [id, target, headers] of DISCOVERED) discovery[id] = (await server.send('GET', target, headers)).text;
  const aggregated = ['/api aggregated', '/apis aggregated'].map((id) => discovery[id] as string);
  const lines = runLines(server, kubectlLines(documents, aggregated));
  const types = recordedTypes(typeTexts(documents));
  const hashes = [...documents, [SWAGGER, swagger] as const].map(([place, text]) => [place, shortHash(text)]);
  const paths = recordedPaths(documents);
  writeOpenApi({ server: name, documents: Object.fromEntries(hashes), types, paths, lines, discovery });
  return `${documents.size} documents, ${Object.keys(types).length} types, ${Object.keys(lines).length} lines of kubectl`;
}

async function readDocuments(server: RealServer): Promise<Map<string, string>> {
  const { paths } = JSON.parse((await server.send('GET', '/openapi/v3', {})).text) as { paths: Record<string, object> };
  const documents = new Map<string, string>();
  for (const place of Object.keys(paths)) {
    documents.set(place, (await server.send('GET', `/openapi/v3/${place}`, {})).text);
  }
  return documents;
}

function runLines(server: RealServer, lines: readonly string[]): Record<string, string> {
  const { kubectl, reason } = realClients();
  if (kubectl === undefined) throw new Error(reason);
  const kubeconfig = server.kubeconfig();
  const said: Record<string, string> = {};
  for (const line of lines) {
    const words = ['--kubeconfig', kubeconfig, '--cache-dir', `${KEPT}/cache`, ...line.split(' ')];
    const { stdout, stderr } = spawnSync(kubectl, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
    const out = stdout + stderr;
    said[line] = line.startsWith('explain') ? shortHash(out) : out;
  }
  return said;
}
