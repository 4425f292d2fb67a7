/** Where the packages of Kubernetes models keep what is said of a type. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactType } from '../../src/sim/api/facts/fact-types.js';
import { readDeclaration, type TypeText } from './interface-text.js';

/** kubernetes-models has a folder a group and version, its machinery one a package, client-node versioned names. */
export interface ModelFolders {
  readonly models: string;
  readonly machinery: string;
  readonly client: string;
}

/** What kubernetes-models says of a type; its descriptions keep their paragraphs. */
export function modelText({ models, machinery }: ModelFolders, type: FactType): TypeText | undefined {
  const { group, version, id } = type.pack;
  if (id === 'version') return modelDeclaration(join(machinery, 'version'), type.name);
  if (id === 'meta.v1') return modelDeclaration(join(machinery, 'apis', 'meta', 'v1'), type.name);
  return modelDeclaration(join(models, group === '' ? version : `${group}/${version}`), type.name);
}

/** What kubernetes-models says of a type that has a schema and no fields of ours, by its OpenAPI name. */
export function opaqueText({ models, machinery }: ModelFolders, openApiName: string): TypeText | undefined {
  const parts = openApiName.split('.');
  const name = parts.pop() ?? '';
  const folder = openApiName.startsWith('io.k8s.apimachinery.pkg.')
    ? join(machinery, ...parts.slice(4))
    : join(models, 'apiextensions.k8s.io', parts.at(-1) ?? '');
  return modelDeclaration(folder, name);
}

function modelDeclaration(folder: string, name: string): TypeText | undefined {
  const file = join(folder, `${name}.d.ts`);
  return existsSync(file) ? readDeclaration(readFileSync(file, 'utf8'), [`I${name}`]) : undefined;
}

/** The file of a type in client-node, without its ending. */
export function clientModel({ client }: ModelFolders, type: FactType): string | undefined {
  const version = type.pack.version.toUpperCase();
  const group = type.pack.id.split('.')[0] ?? '';
  const prefixes = ['', capitalize(group), 'Apiextensions', 'Admissionregistration'];
  const names = prefixes.map((prefix) => `${prefix}${version}${type.name}`);
  const own = names[1] ?? '';
  const found = [own, ...names].find((name) => existsSync(join(client, `${name}.js`)));
  return found === undefined ? undefined : join(client, found);
}

/** What client-node says of a type, where kubernetes-models leaves it out. Blank lines became two spaces there. */
export function clientText(folders: ModelFolders, type: FactType): TypeText | undefined {
  const file = clientModel(folders, type);
  if (file === undefined) return undefined;
  const text = readDeclaration(readFileSync(`${file}.d.ts`, 'utf8'), [file.split(/[\\/]/).at(-1) ?? '']);
  if (!text) return undefined;
  const fields = [...text.fields].map(([name, { description, required }]) => {
    return [name, { description: clientProse(description), required }] as const;
  });
  return { description: clientProse(text.description), fields: new Map(fields) };
}

/** The prose of a comment of client-node: entities and quotes as they were, and paragraphs where blanks became of them. */
export function clientProse(text: string): string {
  const plain = text
    .replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\\(['"])/g, '$1');
  // A line break became a blank: two are a paragraph, and more the indentation of the next line.
  return plain.replace(/ {2,}/g, ({ length }) =>
    length % 2 === 0 ? `\n\n${' '.repeat(length - 2)}` : `\n${' '.repeat(length - 1)}`,
  );
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
