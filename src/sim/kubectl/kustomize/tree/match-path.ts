import { KustomizeError, within } from '../error.js';
import { compileGoPattern } from '../resource/pattern.js';
import { emitNode } from './emit.js';
import { fieldOf, getField, requireKind } from './fields.js';
import { emptyNode, type Node, type NodeKind, scalar } from './node.js';
import { parseNode } from './parse.js';
import { isIndex, isItemChoice, itemChoice } from './path.js';

/**
 * All nodes a path leads to; `*` stands for every item and `[name=we.*]` for those that match. With `create`, what is
 * missing is made, the last one of that kind. Undefined when a field is missing. Text that holds YAML can be entered.
 */
export function matchPath(node: Node, path: readonly string[], create?: NodeKind): Node[] | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return [node];
  if (isIndex(part)) return byIndex(node, Number(part), rest, create);
  if (isItemChoice(part)) return byChoice(node, part, rest, create);
  if (part === '*') return everyItem(node, (item) => matchPath(item, rest, create));
  return byField(node, part, rest, create);
}

function everyItem(node: Node, match: (item: Node) => Node[] | undefined): Node[] | undefined {
  requireKind(node, 'sequence');
  const found = node.content.flatMap((item) => match(item) ?? []);
  return found.length === 0 ? undefined : found;
}

function kindFor(next: string | undefined, last: NodeKind): NodeKind {
  if (next === undefined || next === '') return last;
  return isItemChoice(next) || isIndex(next) ? 'sequence' : 'mapping';
}

function byField(node: Node, name: string, rest: readonly string[], create?: NodeKind): Node[] | undefined {
  let field = getField(node, name);
  if (field === undefined) {
    if (create === undefined) return undefined;
    field = emptyNode(kindFor(rest[0], create));
    requireKind(node, 'mapping');
    node.content.push(scalar(name), field);
  }
  if (field.kind !== 'scalar' || rest.length === 0) return matchPath(field, rest, create);
  return matchPath(parseNode(field.value) ?? scalar('', '!!null'), rest, create);
}

function byIndex(node: Node, index: number, rest: readonly string[], create?: NodeKind): Node[] | undefined {
  requireKind(node, 'sequence');
  if (node.content.length === index && create !== undefined) node.content.push(emptyNode(kindFor(rest[0], create)));
  const item = node.content[index];
  if (item === undefined) {
    throw new KustomizeError(`index ${index} specified but only ${node.content.length} elements found`);
  }
  return matchPath(item, rest, create);
}

function byChoice(node: Node, part: string, rest: readonly string[], create?: NodeKind): Node[] | undefined {
  const choice = itemChoice(part);
  if (choice === undefined) {
    throw new KustomizeError('list path element must contain fieldName=fieldValue for element to match');
  }
  const { field, value } = choice;
  const matches = (item: Node | undefined): boolean =>
    item !== undefined && compileGoPattern(value).test(emitNode(item).trim());
  const search = (): Node[] | undefined =>
    everyItem(node, (item) => {
      if (field === '') return matches(item) ? [item] : undefined;
      return matches(fieldOf(item, field)) ? matchPath(item, rest, create) : undefined;
    });
  const found = search();
  if (found !== undefined || create === undefined) return found;
  const chosen = scalar(value);
  within(`failed to create element for "${part}"`, () => requireKind(node, 'sequence'));
  node.content.push(field === '' ? chosen : { ...emptyNode('mapping'), content: [scalar(field), chosen] });
  return search();
}
