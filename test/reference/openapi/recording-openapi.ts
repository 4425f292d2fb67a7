/** What is kept of the real server's documents: hashes of what is said, and the shorter answers whole. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Documents, shortHash, type TypeTexts } from './texts.js';

/** A type: hashes of its text, of its schema, and of its fields' texts. */
export interface RecordedType {
  readonly text: string;
  readonly schema: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The recording: documents by place, types by OpenAPI name, operations by path, lines of kubectl, discovery by target. */
export interface OpenApiRecording {
  readonly server: string;
  readonly documents: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, RecordedType>>;
  readonly paths: Readonly<Record<string, string>>;
  /** What kubectl printed: a hash of an explained text, and the text itself of anything else. */
  readonly lines: Readonly<Record<string, string>>;
  /** Answers of discovery as they are sent. */
  readonly discovery: Readonly<Record<string, string>>;
}

const FILE = new URL('../recorded/openapi.jsonl', import.meta.url);

/** Reads the recording; every line of the file is one entry of one part. */
export function readOpenApi(): OpenApiRecording {
  if (!existsSync(FILE)) throw new Error(`${FILE.pathname} is not there: npm run reference -- explain makes it`);
  const [head, ...lines] = readFileSync(FILE, 'utf8').trim().split('\n');
  const parts = { documents: {}, types: {}, paths: {}, lines: {}, discovery: {} };
  for (const line of lines) {
    const [part, id, value] = JSON.parse(line) as [keyof typeof parts, string, never];
    parts[part][id as never] = value;
  }
  return { server: (JSON.parse(head as string) as { server: string }).server, ...parts };
}

/** Writes a recording, a line an entry, so that a new one can be read as a difference. */
export function writeOpenApi({ server, ...parts }: OpenApiRecording): void {
  const lines = [JSON.stringify({ server })];
  for (const [part, entries] of Object.entries(parts)) {
    for (const [id, value] of Object.entries(entries)) lines.push(JSON.stringify([part, id, value]));
  }
  writeFileSync(FILE, `${lines.join('\n')}\n`);
}

/** Types as they are recorded. */
export function recordedTypes(types: ReadonlyMap<string, TypeTexts>): Record<string, RecordedType> {
  return Object.fromEntries(
    [...types].map(([name, { text, fields, schema }]) => {
      const hashed = Object.entries(fields).map(([field, said]) => [field, shortHash(said)] as const);
      return [name, { text: shortHash(text), schema: shortHash(schema), fields: Object.fromEntries(hashed) }];
    }),
  );
}

/** The operations of every path, hashed. */
export function recordedPaths(documents: Documents): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const text of documents.values()) {
    for (const [path, item] of Object.entries((JSON.parse(text) as { paths: object }).paths))
      paths[path] = shortHash(JSON.stringify(item));
  }
  return paths;
}
