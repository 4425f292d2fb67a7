import type { JsonValue } from '../../api/object.js';
import { YamlError } from './errors.js';
import { JsonError, readJsonChunk } from './json-reader.js';
import { compactJson } from './json-writer.js';
import { readYaml } from './read.js';

/** One document of a manifest: its value, and the JSON kubectl shows of it in messages. */
export interface Manifest {
  readonly value: JsonValue;
  readonly raw: string;
}

/** What could be read of a stream of documents, in order, and the mistake that ended it, if there was one. */
export interface ManifestStream {
  readonly documents: readonly Manifest[];
  /** Without kubectl's `error parsing FILE: `. */
  readonly error?: string;
}

/** So far kubectl looks for the brace that makes a stream JSON. */
const GUESS_LENGTH = 4096;

/**
 * Reads what `kubectl -f` reads: JSON values one after another, or YAML documents between `---` lines. A stream that
 * begins with a brace is tried as JSON first and as YAML when that fails. Empty documents are left out.
 */
export function readManifests(text: string): ManifestStream {
  const documents: Manifest[] = [];
  try {
    if (/^\s*\{/.test(text.slice(0, GUESS_LENGTH))) readJsonStream(text, documents);
    else for (const document of yamlDocuments(text)) add(documents, document);
    return { documents };
  } catch (error) {
    if (error instanceof YamlError || error instanceof JsonError) return { documents, error: error.message };
    throw error;
  }
}

function add(documents: Manifest[], document: Manifest): void {
  if (document.value !== null) documents.push(document);
}

function readJsonStream(text: string, documents: Manifest[]): void {
  let consumed = 0;
  for (let count = 0; ; count++) {
    try {
      const chunk = readJsonChunk(text, consumed);
      if (chunk === undefined) return;
      consumed = chunk.end;
      add(documents, chunk);
    } catch (error) {
      if (!(error instanceof JsonError) || count > 1) throw error;
      // One value is not enough to be sure of JSON. When YAML fails too, the first complaint is the one shown.
      return retryAsYaml(text.slice(consumed), documents, error);
    }
  }
}

function retryAsYaml(text: string, documents: Manifest[], first: JsonError): void {
  const isSyntax = first.message !== 'unexpected EOF';
  const complaint = isSyntax ? new JsonError(`json: offset ${first.offset}: ${first.message}`, first.offset) : first;
  const rest = afterLine(text);
  if (rest === undefined) throw complaint;
  let read = 0;
  try {
    for (const document of yamlDocuments(rest)) {
      read++;
      add(documents, document);
    }
  } catch (error) {
    throw error instanceof YamlError && read === 0 ? complaint : error;
  }
}

/**
 * Skips white space up to and with the first newline. The decoder looks four bytes ahead at each step and gives
 * up, answering undefined here, when there are fewer.
 */
function afterLine(text: string): string | undefined {
  for (let at = 0; ; at++) {
    if (Buffer.byteLength(text.slice(at, at + 4), 'utf8') < 4) return undefined;
    const char = text.charAt(at);
    if (!/\s/.test(char)) return text.slice(at);
    if (char === '\n') return text.slice(at + 1);
  }
}

function* yamlDocuments(text: string): Generator<Manifest> {
  for (const document of splitDocuments(text)) {
    try {
      const value = readYaml(document);
      yield { value, raw: compactJson(value) };
    } catch (error) {
      if (error instanceof YamlError) throw new YamlError(`error converting YAML to JSON: ${error.message}`);
      throw error;
    }
  }
}

/** Cuts a text at its `---` lines, as apimachinery does before YAML sees it: line numbers start anew in each part. */
function* splitDocuments(text: string): Generator<string> {
  let buffer = '';
  for (const line of linesOf(text)) {
    if (line.startsWith('---')) {
      const rest = line.slice(3).trim();
      if (rest !== '' && !rest.startsWith('#')) throw new YamlError(`invalid Yaml document separator: ${rest}`);
      if (buffer !== '') {
        yield buffer;
        buffer = '';
        continue;
      }
    }
    buffer += `${line}\n`;
  }
  if (buffer !== '') yield buffer;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
