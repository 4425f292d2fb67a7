import { goQuote } from '../../../api/go-text.js';
import type { Node } from './node.js';
import { resolveText } from './resolve.js';

/** A node as text with a newline at its end, in the styles it was written in, as kustomize shows it in messages. */
export function emitNode(node: Node): string {
  return `${linesOf(node).join('\n')}\n`;
}

function isFlow(node: Node): boolean {
  return node.kind !== 'scalar' && (node.style === 'flow' || node.content.length === 0);
}

function linesOf(node: Node): string[] {
  if (node.kind === 'scalar') return scalarLines(node);
  if (isFlow(node)) return [flowText(node)];
  if (node.kind === 'sequence') {
    return node.content.flatMap((item) => linesOf(item).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`));
  }
  return pairsOf(node).flatMap(([key, value]) => fieldLines(flowText(key), value));
}

function fieldLines(key: string, value: Node): string[] {
  const lines = linesOf(value);
  if (value.kind === 'scalar' || isFlow(value))
    return [`${key}:${lines[0] === '' ? '' : ` ${lines[0]}`}`, ...lines.slice(1).map(indent)];
  return [`${key}:`, ...(value.kind === 'sequence' ? lines : lines.map(indent))];
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** Keys and values of a mapping. */
export function pairsOf(node: Node): [Node, Node][] {
  const pairs: [Node, Node][] = [];
  for (let at = 0; at + 1 < node.content.length; at += 2) {
    pairs.push([node.content[at] as Node, node.content[at + 1] as Node]);
  }
  return pairs;
}

function flowText(node: Node): string {
  if (node.kind === 'scalar') return isBlock(node) ? goQuote(node.value) : (scalarLines(node)[0] ?? '');
  if (node.kind === 'sequence') return `[${node.content.map(flowText).join(', ')}]`;
  return `{${pairsOf(node)
    .map(([key, value]) => `${flowText(key)}: ${flowText(value)}`)
    .join(', ')}}`;
}

function isBlock({ style, value }: Node): boolean {
  return style === 'literal' || style === 'folded' || (style === 'plain' && value.includes('\n'));
}

const NEEDS_QUOTES = /^[\s&*!|>'"%@`#,[\]{}]|^[-?:](?:\s|$)|: |\s#|\s$|:$/;

function scalarLines(node: Node): string[] {
  const { value, tag, style } = node;
  if (isBlock(node)) {
    const chomp = value.endsWith('\n') ? '' : '-';
    return [`|${chomp}`, ...value.replace(/\n$/, '').split('\n')];
  }
  if (style === 'single') return [`'${value.replaceAll("'", "''")}'`];
  if (style === 'double') return [goQuote(value)];
  if (tag === '!!str' && resolveText(value).tag !== '!!str') return [goQuote(value)];
  return [NEEDS_QUOTES.test(value) ? `'${value.replaceAll("'", "''")}'` : value];
}
