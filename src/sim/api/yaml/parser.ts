import { FORBIDDEN } from './chars.js';
import type { Mark } from './cursor.js';
import { parserError, YamlError } from './errors.js';
import type { Node, ScalarNode } from './node.js';
import { Scanner } from './scanner.js';
import { TagHandles } from './tag-handles.js';
import type { Token, TokenType } from './token.js';

/** How deep collections may nest. The library stops at 10 000 with these words; the stack here is smaller. */
const NESTING_DEPTH_MAX = 1000;

/** Reads the first document of the text into a tree, or undefined when the text holds none. Throws YamlError. */
export function parseFirstDocument(text: string): Node | undefined {
  if (FORBIDDEN.test(text)) throw new YamlError('yaml: control characters are not allowed');
  return new Parser(text).firstDocument();
}

class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, Node>();
  private readonly tags = new TagHandles();
  private depth = 0;

  constructor(text: string) {
    // A byte order mark is only one at the very start.
    this.scanner = new Scanner(text.replace(/^\ufeff/, ''));
  }

  firstDocument(): Node | undefined {
    const first = this.scanner.peek();
    if (first.type === 'stream-end') return undefined;
    const explicit = first.type === 'document-start' || first.type.endsWith('-directive');
    this.readDirectives();
    const content = explicit ? this.explicitContent() : this.node(true, false);
    // The library looks at what follows, and finds mistakes there, before it stops.
    this.scanner.peek();
    return content;
  }

  private readDirectives(): void {
    for (;;) {
      const directive = this.scanner.peek();
      if (directive.type === 'version-directive') this.tags.seeVersion(directive);
      else if (directive.type === 'tag-directive') this.tags.add(directive);
      else return;
      this.scanner.skip();
    }
  }

  private explicitContent(): Node {
    const start = this.scanner.peek();
    if (start.type !== 'document-start') throw parserError('did not find expected <document start>', start.start);
    this.scanner.skip();
    const next = this.scanner.peek();
    const nothing: TokenType[] = ['version-directive', 'tag-directive', 'document-start', 'document-end', 'stream-end'];
    return nothing.includes(next.type) ? emptyScalar(next.start) : this.node(true, false);
  }

  private node(block: boolean, indentless: boolean): Node {
    const first = this.scanner.peek();
    if (first.type === 'alias') return this.alias(first);
    const { anchor, tag } = this.properties();
    const token = this.scanner.peek();
    const line = (anchor === '' && tag === '' ? token : first).start.line;
    if (token.type === 'scalar') {
      this.scanner.skip();
      const implicit = (tag === '' && token.style === 'plain') || tag === '!';
      return this.remember(anchor, { kind: 'scalar', line, value: token.value, tag, implicit, style: token.style });
    }
    const collection = this.collection(token, line, block, indentless, anchor);
    if (collection !== undefined) return collection;
    if (anchor !== '' || tag !== '') {
      return this.remember(anchor, { kind: 'scalar', line, value: '', tag, implicit: tag === '', style: 'plain' });
    }
    throw parserError('did not find expected node content', token.start, first.start);
  }

  private alias(token: Token): Node {
    const target = this.anchors.get(token.value);
    if (target === undefined) throw new YamlError(`yaml: unknown anchor '${token.value}' referenced`);
    this.scanner.skip();
    return { kind: 'alias', line: token.start.line, name: token.value, target };
  }

  /** Reads the anchor and the tag before a node, in either order. */
  private properties(): { anchor: string; tag: string } {
    const start = this.scanner.peek().start;
    let anchor = '';
    let tag: Token | undefined;
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'anchor' && anchor === '') anchor = token.value;
      else if (token.type === 'tag' && tag === undefined) tag = token;
      else break;
      this.scanner.skip();
    }
    return { anchor, tag: tag === undefined ? '' : this.tags.expand(tag, start) };
  }

  private remember<N extends Node>(anchor: string, node: N): N {
    if (anchor !== '') this.anchors.set(anchor, node);
    return node;
  }

  private collection(
    token: Token,
    line: number,
    block: boolean,
    indentless: boolean,
    anchor: string,
  ): Node | undefined {
    const isBlock = block && (token.type === 'block-sequence-start' || token.type === 'block-mapping-start');
    const isFlow = token.type === 'flow-sequence-start' || token.type === 'flow-mapping-start';
    const isIndentless = indentless && token.type === 'block-entry';
    if (!isBlock && !isFlow && !isIndentless) return undefined;
    if (++this.depth > NESTING_DEPTH_MAX) {
      throw new YamlError(`yaml: exceeded max depth of ${NESTING_DEPTH_MAX}`);
    }
    const node: Node = token.type.includes('mapping')
      ? { kind: 'mapping', line, flow: isFlow, entries: [] }
      : { kind: 'sequence', line, flow: isFlow, items: [] };
    this.remember(anchor, node);
    if (!isIndentless) this.scanner.skip();
    if (node.kind === 'mapping') this.fillMapping(node.entries, isBlock, token.start);
    else if (isIndentless) this.fillIndentless(node.items);
    else if (isBlock) this.fillBlockSequence(node.items, token.start);
    else this.fillFlowSequence(node.items, token.start);
    this.depth--;
    return node;
  }

  private fillMapping(entries: { key: Node; value: Node }[], isBlock: boolean, start: Mark): void {
    if (isBlock) this.fillBlockMapping(entries, start);
    else this.fillFlowMapping(entries, start);
  }

  /** Skips the token and reads the node after it, unless one of `enders` shows that there is none. */
  private nodeAfter(enders: readonly TokenType[], block: boolean, indentless: boolean, emptyAtNext = false): Node {
    const mark = this.scanner.peek().end;
    this.scanner.skip();
    const next = this.scanner.peek();
    if (enders.includes(next.type)) return emptyScalar(emptyAtNext ? next.start : mark);
    return this.node(block, indentless);
  }

  private fillIndentless(items: Node[]): void {
    while (this.scanner.peek().type === 'block-entry') {
      items.push(this.nodeAfter(['block-entry', 'key', 'value', 'block-end'], true, false));
    }
  }

  private fillBlockSequence(items: Node[], start: Mark): void {
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'block-end') return this.scanner.skip();
      if (token.type !== 'block-entry') throw parserError("did not find expected '-' indicator", token.start, start);
      items.push(this.nodeAfter(['block-entry', 'block-end'], true, false));
    }
  }

  private fillBlockMapping(entries: { key: Node; value: Node }[], start: Mark): void {
    for (;;) {
      const token = this.scanner.peek();
      if (token.type === 'block-end') return this.scanner.skip();
      if (token.type !== 'key') throw parserError('did not find expected key', token.start, start);
      const key = this.nodeAfter(['key', 'value', 'block-end'], true, true);
      const next = this.scanner.peek();
      const value =
        next.type === 'value' ? this.nodeAfter(['key', 'value', 'block-end'], true, true) : emptyScalar(next.start);
      entries.push({ key, value });
    }
  }

  private fillFlowSequence(items: Node[], start: Mark): void {
    for (let first = true; ; first = false) {
      if (!first && this.scanner.peek().type !== 'flow-sequence-end') {
        this.expectComma("did not find expected ',' or ']'", start);
      }
      const token = this.scanner.peek();
      if (token.type === 'flow-sequence-end') return this.scanner.skip();
      items.push(token.type === 'key' ? this.singlePair(token) : this.node(false, false));
    }
  }

  /** `[a: b]` holds a mapping of one entry. */
  private singlePair(token: Token): Node {
    this.scanner.skip();
    const next = this.scanner.peek();
    const none: TokenType[] = ['value', 'flow-entry', 'flow-sequence-end'];
    let key: Node;
    if (none.includes(next.type)) {
      // The library drops the token here, so that `[? ]` loses its bracket; so must we.
      key = emptyScalar(next.end);
      this.scanner.skip();
    } else {
      key = this.node(false, false);
    }
    const after = this.scanner.peek();
    const value =
      after.type === 'value'
        ? this.nodeAfter(['flow-entry', 'flow-sequence-end'], false, false, true)
        : emptyScalar(after.start);
    return { kind: 'mapping', line: token.start.line, flow: true, entries: [{ key, value }] };
  }

  private fillFlowMapping(entries: { key: Node; value: Node }[], start: Mark): void {
    for (let first = true; ; first = false) {
      if (!first && this.scanner.peek().type !== 'flow-mapping-end') {
        this.expectComma("did not find expected ',' or '}'", start);
      }
      const token = this.scanner.peek();
      if (token.type === 'flow-mapping-end') return this.scanner.skip();
      if (token.type !== 'key') {
        const key = this.node(false, false);
        entries.push({ key, value: emptyScalar(this.scanner.peek().start) });
        continue;
      }
      const key = this.nodeAfter(['value', 'flow-entry', 'flow-mapping-end'], false, false, true);
      const next = this.scanner.peek();
      const value =
        next.type === 'value'
          ? this.nodeAfter(['flow-entry', 'flow-mapping-end'], false, false, true)
          : emptyScalar(next.start);
      entries.push({ key, value });
    }
  }

  private expectComma(problem: string, start: Mark): void {
    const token = this.scanner.peek();
    if (token.type !== 'flow-entry') throw parserError(problem, token.start, start);
    this.scanner.skip();
  }
}

function emptyScalar(mark: Mark): ScalarNode {
  return { kind: 'scalar', line: mark.line, value: '', tag: '', implicit: true, style: 'plain' };
}
