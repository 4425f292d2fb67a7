import { goSyntax } from '../go-value.js';
import { YamlError, YamlTypeError } from './errors.js';
import type { MappingNode, Node, ScalarNode } from './node.js';
import { type Resolved, resolve, TAGS } from './resolve.js';

/** What a document says before it is squeezed into JSON: keys of any kind, infinities, integers of 64 bits. */
export type YamlValue = Resolved['value'] | YamlValue[] | YamlMap;

export type YamlMap = Map<YamlValue, YamlValue>;

/** Up to so many steps nearly all may come from aliases; beyond, ever fewer; these are the library's bounds. */
const STEPS_LOW = 400_000;
const STEPS_HIGH = 4_000_000;

/** Turns a document's tree into values. With `strict`, a key set twice is a mistake. Throws YamlError. */
export function decodeNode(node: Node, strict: boolean): YamlValue {
  const decoder = new Decoder(strict);
  const value = decoder.value(node);
  if (decoder.problems.length > 0) throw new YamlTypeError(decoder.problems);
  return value;
}

class Decoder {
  readonly problems: string[] = [];
  private readonly open = new Set<Node>();
  private steps = 0;
  private aliasSteps = 0;
  private aliasDepth = 0;

  constructor(private readonly strict: boolean) {}

  value(node: Node): YamlValue {
    this.countStep();
    switch (node.kind) {
      case 'alias':
        return this.followAlias(node, (target) => this.value(target));
      case 'scalar':
        return scalarValue(node);
      case 'sequence':
        return node.items.map((item) => this.value(item));
      case 'mapping': {
        const map: YamlMap = new Map();
        this.fill(node, map);
        return map;
      }
    }
  }

  private countStep(): void {
    this.steps++;
    if (this.aliasDepth > 0) this.aliasSteps++;
    if (this.aliasSteps > 100 && this.steps > 1000 && this.aliasSteps / this.steps > allowedAliasRatio(this.steps)) {
      throw new YamlError('yaml: document contains excessive aliasing');
    }
  }

  private followAlias<T>(node: Node & { kind: 'alias' }, use: (target: Node) => T): T {
    if (this.open.has(node)) throw new YamlError(`yaml: anchor '${node.name}' value contains itself`);
    this.open.add(node);
    this.aliasDepth++;
    const result = use(node.target);
    this.aliasDepth--;
    this.open.delete(node);
    return result;
  }

  private fill(node: MappingNode, map: YamlMap): void {
    for (const { key: keyNode, value: valueNode } of node.entries) {
      if (isMerge(keyNode)) {
        this.merge(valueNode, map);
        continue;
      }
      const key = this.value(keyNode);
      if (typeof key === 'object' && key !== null) throw new YamlError(`yaml: invalid map key: ${goSyntax(key)}`);
      const value = this.value(valueNode);
      if (this.strict && map.has(key)) {
        this.problems.push(`line ${valueNode.line + 1}: key ${goSyntax(key)} already set in map`);
      } else {
        map.set(key, value);
      }
    }
  }

  /** `<<` copies entries in where it stands: over those before it, under those after it. */
  private merge(node: Node, map: YamlMap): void {
    if (node.kind === 'sequence') {
      // Earlier mappings win, so they come last.
      for (const item of [...node.items].reverse()) this.mergeOne(item, map);
    } else {
      this.mergeOne(node, map);
    }
  }

  private mergeOne(node: Node, map: YamlMap): void {
    const target = node.kind === 'alias' ? node.target : node;
    if (target.kind !== 'mapping') {
      throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
    }
    this.countStep();
    if (node.kind === 'alias') this.followAlias(node, () => this.fill(target, map));
    else this.fill(target, map);
  }
}

function isMerge(node: Node): boolean {
  return node.kind === 'scalar' && node.value === '<<' && (node.implicit || node.tag === TAGS.merge);
}

function scalarValue(node: ScalarNode): YamlValue {
  if (node.tag === '' && !node.implicit) return node.value;
  const { tag, value } = resolve(node.tag, node.value);
  return tag === TAGS.binary ? decodeBinary(String(value)) : value;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBinary(text: string): string {
  const packed = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(packed)) throw new YamlError('yaml: !!binary value contains invalid base64 data');
  return Buffer.from(packed, 'base64').toString('utf8');
}

function allowedAliasRatio(steps: number): number {
  if (steps <= STEPS_LOW) return 0.99;
  if (steps >= STEPS_HIGH) return 0.1;
  return 0.99 - 0.89 * ((steps - STEPS_LOW) / (STEPS_HIGH - STEPS_LOW));
}
