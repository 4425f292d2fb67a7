/** Where the packages of Kubernetes models keep what is said of a type. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactType } from '../../src/sim/api/facts/fact-types.js';
import { readDeclaration, type TypeText } from './interface-text.js';

/** kubernetes-models has a folder a group and version, client-node one folder with versioned names. */
export interface ModelFolders {
  readonly models: string;
  readonly client: string;
}

/** What kubernetes-models says of a type; its descriptions keep their paragraphs. */
export function modelText({ models }: ModelFolders, type: FactType): TypeText | undefined {
  const { group, version } = type.pack;
  const file = join(models, group === '' ? version : `${group}/${version}`, `${type.name}.d.ts`);
  return existsSync(file) ? readDeclaration(readFileSync(file, 'utf8'), [`I${type.name}`]) : undefined;
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

/** What client-node says of a type: metadata, which kubernetes-models leaves out. Blank lines became two spaces there. */
export function clientText(folders: ModelFolders, type: FactType): TypeText | undefined {
  const file = clientModel(folders, type);
  if (file === undefined) return undefined;
  const text = readDeclaration(readFileSync(`${file}.d.ts`, 'utf8'), [file.split(/[\\/]/).at(-1) ?? '']);
  if (!text) return undefined;
  const fields = [...text.fields].map(([name, { description, required }]) => {
    return [name, { description: withParagraphs(description), required }] as const;
  });
  return { description: withParagraphs(text.description), fields: new Map(fields) };
}

function withParagraphs(text: string): string {
  return text.replace(/ {2}(?!Order is NOT)/g, '\n\n');
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
