import { YamlError } from '../../../api/yaml/errors.js';
import type { MappingNode, Node as ParsedNode, ScalarNode } from '../../../api/yaml/node.js';
import { parseFirstDocument } from '../../../api/yaml/parser.js';
import { KustomizeError } from '../error.js';
import { copyNode, emptyNode, isEmpty, type Node } from './node.js';
import { resolveText, shortTag } from './resolve.js';

/** Reads one document; undefined when it holds nothing. Throws KustomizeError in go-yaml v3's words. */
export function parseNode(text: string): Node | undefined {
  try {
    const parsed = parseFirstDocument(text);
    return parsed === undefined ? undefined : fromParsed(parsed);
  } catch (error) {
    if (error instanceof YamlError) throw new KustomizeError(newerWords(error));
    throw error;
  }
}

/** The third version of the library names the line where what it was reading began, when that is not the first. */
function newerWords({ message, place }: YamlError): string {
  if (place === undefined) return message;
  const { at, context, problem, offset } = place;
  const line = context !== undefined && context.line !== 0 ? context.line : at.line;
  return `yaml: ${line === 0 ? '' : `line ${line + offset}: `}${problem}`;
}

/** Aliases are written out where they stand, and `<<` is merged in. */
function fromParsed(parsed: ParsedNode): Node {
  switch (parsed.kind) {
    case 'alias':
      return fromParsed(parsed.target);
    case 'scalar':
      return fromScalar(parsed);
    case 'sequence':
      return {
        ...emptyNode('sequence'),
        tag: '!!seq',
        style: parsed.flow ? 'flow' : 'plain',
        content: parsed.items.map(fromParsed),
      };
    case 'mapping':
      return fromMapping(parsed);
  }
}

function fromScalar({ value, tag, implicit, style }: ScalarNode): Node {
  const short = tag !== '' && tag !== '!' ? shortTag(tag) : implicit ? resolveText(value).tag : '!!str';
  return { kind: 'scalar', value, tag: short, style, content: [] };
}

function fromMapping({ entries, flow }: MappingNode): Node {
  const node: Node = { ...emptyNode('mapping'), tag: '!!map', style: flow ? 'flow' : 'plain' };
  const merged: Node[] = [];
  for (const { key, value } of entries) {
    if (key.kind === 'scalar' && key.value === '<<' && key.implicit) merged.push(...mergedMappings(value));
    else node.content.push(fromParsed(key), fromParsed(value));
  }
  for (const source of merged) mergeUnder(node, source);
  return node;
}

function mergedMappings(value: ParsedNode): Node[] {
  const target = value.kind === 'alias' ? value.target : value;
  if (target.kind === 'sequence') return target.items.flatMap(mergedMappings);
  if (target.kind !== 'mapping') {
    const why =
      value.kind === 'alias'
        ? 'invalid map merge: received alias for a non-map value'
        : 'map merge requires map or sequence of maps as the value';
    throw new KustomizeError(why);
  }
  return [fromParsed(target)];
}

function mergeUnder(node: Node, source: Node): void {
  for (let at = 0; at < source.content.length; at += 2) {
    const key = source.content[at] as Node;
    const known = node.content.some(({ value }, index) => index % 2 === 0 && value === key.value);
    if (!known) node.content.push(copyNode(key), copyNode(source.content[at + 1] as Node));
  }
}

/** Reads the documents of a stream; those without content are left out. Throws KustomizeError. */
export function parseDocuments(text: string): Node[] {
  const documents = splitDocuments(text.replaceAll('\r\n', '\n'));
  const nodes = documents.map((document) => {
    try {
      return parseNode(document);
    } catch (error) {
      if (!(error instanceof KustomizeError) || !error.message.startsWith('yaml: ')) throw error;
      throw new KustomizeError(`MalformedYAMLError: ${error.message}`);
    }
  });
  const found = nodes.filter((node): node is Node => node !== undefined && node.tag !== '!!null');
  return documents.length === 1 ? found.flatMap(unwrapped) : found;
}

/** A list that stands alone is its items. */
function unwrapped(node: Node): Node[] {
  const fields = new Map<string, Node>();
  for (let at = 0; at < node.content.length; at += 2) {
    if (node.kind === 'mapping') fields.set((node.content[at] as Node).value, node.content[at + 1] as Node);
  }
  const kind = fields.get('kind')?.value;
  const items = fields.get('items');
  if ((kind !== 'List' && kind !== 'ResourceList') || (items === undefined && !fields.has('functionConfig')))
    return [node];
  return isEmpty(items) ? [] : (items?.content ?? []);
}

function splitDocuments(text: string): string[] {
  if (text === '') return [];
  const documents: string[] = [];
  let previous = 0;
  for (const match of text.matchAll(/\n---.*\n/g)) {
    const rest = match[0].slice(4).trim();
    if (rest !== '' && !rest.startsWith('#')) {
      throw new KustomizeError(`invalid document separator: ${match[0].trim()}`);
    }
    documents.push(`${text.slice(previous, match.index)}\n`);
    previous = match.index + match[0].length;
  }
  documents.push(text.slice(previous));
  return documents;
}
