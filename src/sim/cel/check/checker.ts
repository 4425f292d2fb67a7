/** What every part of an expression is of, and which function a call means. */
import type { Environment, FunctionDeclaration } from '../environment.js';
import {
  type Call,
  type Comprehension,
  type ListNode,
  type MapNode,
  type Node,
  qualifiedName,
  type StructNode,
} from '../syntax/ast.js';
import type { Issues } from '../syntax/issues.js';
import { checkedTypeText } from '../type-text.js';
import {
  BOOL,
  type CelType,
  DYN,
  ERROR,
  INT,
  isOptional,
  listType,
  mapType,
  optionalType,
  paramType,
  sameType,
} from '../types.js';
import { literalType } from './literal-type.js';
import { standardType } from './standard-types.js';
import { assignAll, type Bindings, isDynamic, mostGeneral, substitute } from './unify.js';

/** What a name in an expression stands for. */
export interface Reference {
  /** The variable or type that a name, with its dots, is. */
  readonly name: string;
  /** Of a call, the overloads that may be meant. */
  readonly overloads?: readonly string[];
  /** Of a call, that what stands before its dot is part of its name. */
  readonly namespaced?: boolean;
}

/** An expression that has been checked. */
export interface Checked {
  readonly root: Node;
  readonly types: ReadonlyMap<Node, CelType>;
  readonly references: ReadonlyMap<Node, Reference>;
}

/** Checks one expression. */
export class Checker {
  private readonly types = new Map<Node, CelType>();
  private readonly references = new Map<Node, Reference>();
  private readonly scopes: Map<string, CelType>[] = [];
  private bindings: Bindings = new Map();
  private opened = 0;

  constructor(
    private readonly environment: Environment,
    private readonly issues: Issues,
  ) {}

  /** Checks an expression and all of its parts; mistakes go to the issues. */
  check(root: Node): Checked {
    this.visit(root);
    for (const [node, type] of this.types) this.types.set(node, substitute(this.bindings, type, true));
    return { root, types: this.types, references: this.references };
  }

  private visit(node: Node): CelType {
    const type = this.typeOf(node);
    this.types.set(node, type);
    return type;
  }

  private typeOf(node: Node): CelType {
    switch (node.kind) {
      case 'literal':
        return literalType(node.value);
      case 'ident': {
        const found = this.lookUp(node.name);
        if (!found) return this.undeclared(node.at, node.name);
        this.references.set(node, { name: found.name });
        return found.type;
      }
      case 'select':
        return this.select(node);
      case 'call':
        return this.call(node);
      case 'list':
        return this.list(node);
      case 'map':
        return this.map(node);
      case 'struct':
        return this.struct(node);
      case 'comprehension':
        return this.comprehension(node);
    }
  }

  private undeclared(at: number, name: string): CelType {
    this.issues.add(at, `undeclared reference to '${name}' (in container '')`);
    return ERROR;
  }

  private lookUp(written: string): { name: string; type: CelType } | undefined {
    const name = written.replace(/^\./, '');
    for (let at = this.scopes.length - 1; at >= 0; at -= 1) {
      const type = this.scopes[at]?.get(name);
      if (type) return { name, type };
    }
    const type = this.environment.variable(name) ?? standardType(name, this.environment);
    return type && { name, type };
  }

  private select(node: Node & { kind: 'select' }): CelType {
    const name = qualifiedName(node);
    const found = name === undefined ? undefined : this.lookUp(name);
    if (found) {
      this.references.set(node, { name: found.name });
      return found.type;
    }
    const type = this.field(node.at, node.operand, node.field, false);
    return node.test ? BOOL : substitute(this.bindings, type, false);
  }

  private field(at: number, operand: Node, field: string, optional: boolean): CelType {
    const holder = substitute(this.bindings, this.visit(operand), false);
    const isOpt = isOptional(holder);
    const type = this.fieldOf(at, isOpt ? (holder.params[0] ?? DYN) : holder, field);
    return isOpt || optional ? optionalType(type) : type;
  }

  private fieldOf(at: number, holder: CelType, field: string): CelType {
    switch (holder.kind) {
      case 'map':
        return holder.params[1] ?? DYN;
      case 'struct':
        return this.fieldType(at, holder.name, field) ?? ERROR;
      case 'param':
        this.assign(DYN, holder);
        return DYN;
      default:
        if (!isDynamic(holder) && holder.kind !== 'error') {
          this.issues.add(at, `type '${checkedTypeText(holder)}' does not support field selection`);
        }
        return DYN;
    }
  }

  private fieldType(at: number, struct: string, field: string): CelType | undefined {
    const object = this.environment.object(struct);
    if (!object) {
      this.issues.add(at, `unexpected failed resolution of '${struct}'`);
      return undefined;
    }
    const type = object.field(field);
    if (!type) this.issues.add(at, `undefined field '${field}'`);
    return type;
  }

  private call(node: Call): CelType {
    const { target, args } = node;
    if (node.name === '_?._') return this.optionalSelect(node);
    for (const arg of args) this.visit(arg);
    if (!target) {
      const name = node.name.replace(/^\./, '');
      const declaration = this.environment.function(name);
      return declaration ? this.resolve(node, name, declaration, args) : this.undeclared(node.at, node.name);
    }
    const prefix = qualifiedName(target);
    const full = prefix === undefined ? undefined : `${prefix.replace(/^\./, '')}.${node.name}`;
    const namespaced = full === undefined ? undefined : this.environment.function(full);
    if (full !== undefined && namespaced) return this.resolve(node, full, namespaced, args, true);
    this.visit(target);
    const declaration = this.environment.function(node.name);
    if (!declaration) return this.undeclared(node.at, node.name);
    return this.resolve(node, node.name, declaration, [target, ...args]);
  }

  private optionalSelect(node: Call): CelType {
    const [operand, field] = node.args as [Node, Node];
    const name = field.kind === 'literal' && typeof field.value === 'string' ? field.value : '';
    this.types.set(field, literalType(name));
    const type = substitute(this.bindings, this.field(node.at, operand, name, true), false);
    this.references.set(node, { name: node.name, overloads: ['select_optional_field'] });
    return type;
  }

  private resolve(
    node: Call,
    name: string,
    { overloads }: FunctionDeclaration,
    args: readonly Node[],
    namespaced = false,
  ): CelType {
    const given = args.map((arg) => this.types.get(arg) ?? DYN);
    if (name === '_&&_' || name === '_||_') return this.logical(node, name, args, given);
    const member = node.target !== undefined && !namespaced;
    const matching: string[] = [];
    let result: CelType | undefined;
    for (const overload of overloads) {
      if (overload.member !== member) continue;
      const fresh: Bindings = new Map();
      const wanted = overload.args.map((arg) => this.instantiate(arg, fresh));
      const bindings = assignAll(this.bindings, given, wanted);
      if (!bindings) continue;
      this.bindings = bindings;
      matching.push(overload.id);
      const type = substitute(bindings, this.instantiate(overload.result, fresh), false);
      if (!result) result = type;
      else if (!isDynamic(result) && !sameType(type, result)) result = DYN;
    }
    if (!result) return this.noOverload(node, name, given, member);
    this.references.set(node, { name, overloads: matching, namespaced });
    return result;
  }

  private logical(node: Call, name: string, args: readonly Node[], given: readonly CelType[]): CelType {
    let wrong = false;
    given.forEach((type, at) => {
      if (this.assign(type, BOOL)) return;
      wrong = true;
      this.mismatch(args[at]?.at ?? node.at, BOOL, type);
    });
    if (wrong) return ERROR;
    this.references.set(node, { name, overloads: [name === '_&&_' ? 'logical_and' : 'logical_or'] });
    return BOOL;
  }

  private noOverload(node: Call, name: string, given: readonly CelType[], member: boolean): CelType {
    const texts = given.map((type) => checkedTypeText(substitute(this.bindings, type, true)));
    const signature = member ? `${texts[0]}.(${texts.slice(1).join(', ')})` : `(${texts.join(', ')})`;
    this.issues.add(node.at, `found no matching overload for '${name}' applied to '${signature}'`);
    return ERROR;
  }

  /** A signature's type with open types of its own for this call. */
  private instantiate(type: CelType, fresh: Bindings): CelType {
    if (type.kind === 'param') {
      const known = fresh.get(type.name);
      if (known) return known;
      const opened = this.open();
      fresh.set(type.name, opened);
      return opened;
    }
    if (type.params.length === 0) return type;
    return { ...type, params: type.params.map((param) => this.instantiate(param, fresh)) };
  }

  private open(): CelType {
    this.opened += 1;
    return paramType(`_var${this.opened - 1}`);
  }

  private list({ elements, optional }: ListNode): CelType {
    let type: CelType | undefined;
    elements.forEach((element, at) => {
      const given = this.visit(element);
      type = this.join(type, optional.has(at) ? this.unwrap(element.at, given) : given);
    });
    return listType(type ?? this.open());
  }

  private map({ entries }: MapNode): CelType {
    let key: CelType | undefined;
    let value: CelType | undefined;
    for (const entry of entries) {
      key = this.join(key, this.visit(entry.key));
      const given = this.visit(entry.value);
      value = this.join(value, entry.optional ? this.unwrap(entry.value.at, given) : given);
    }
    return mapType(key ?? this.open(), value ?? this.open());
  }

  private unwrap(at: number, type: CelType): CelType {
    if (isOptional(type)) return type.params[0] ?? DYN;
    if (!isDynamic(type)) this.mismatch(at, optionalType(type), type);
    return type;
  }

  /** What is of several types is dynamic; that the server refuses it is for another to say. */
  private join(before: CelType | undefined, type: CelType): CelType {
    if (!before) return type;
    return this.assign(before, type) ? mostGeneral(before, type) : DYN;
  }

  private struct(node: StructNode): CelType {
    const found = this.lookUp(node.type);
    if (!found) return this.undeclared(node.at, node.type);
    this.references.set(node, { name: found.name });
    const type = this.made(node, found.type);
    for (const field of node.fields) {
      const given = this.visit(field.value);
      const value = field.optional ? this.unwrap(field.value.at, given) : given;
      const wanted = this.fieldType(field.at, found.name, field.name) ?? ERROR;
      if (this.assign(wanted, value)) continue;
      const texts = `'${checkedTypeText(wanted)}' but provided type is '${checkedTypeText(value)}'`;
      this.issues.add(field.at, `expected type of field '${field.name}' is ${texts}`);
    }
    return type;
  }

  private made(node: StructNode, type: CelType): CelType {
    if (type.kind === 'error') return ERROR;
    if (type.kind !== 'type') {
      this.issues.add(node.at, `'${type.name}' is not a type`);
      return ERROR;
    }
    const [of = DYN] = type.params;
    if (of.kind === 'struct') return of;
    this.issues.add(node.at, `'${of.name}' is not a message type`);
    return ERROR;
  }

  private comprehension(node: Comprehension): CelType {
    this.visit(node.range);
    const accumulator = this.visit(node.init);
    const range = substitute(this.bindings, this.types.get(node.range) ?? DYN, false);
    this.scopes.push(new Map([[node.accumulator, accumulator]]));
    this.scopes.push(this.loopVariables(node, range));
    this.wants(node.condition, BOOL);
    this.wants(node.step, accumulator);
    this.scopes.pop();
    const result = this.visit(node.result);
    this.scopes.pop();
    return substitute(this.bindings, result, false);
  }

  private loopVariables(node: Comprehension, range: CelType): Map<string, CelType> {
    const [first, second] = this.elementTypes(node, range);
    const variables = new Map([[node.variable, first]]);
    if (node.second !== undefined) variables.set(node.second, second);
    return variables;
  }

  private elementTypes(node: Comprehension, range: CelType): [CelType, CelType] {
    switch (range.kind) {
      case 'list': {
        const element = range.params[0] ?? DYN;
        return node.second === undefined ? [element, DYN] : [INT, element];
      }
      case 'map':
        return [range.params[0] ?? DYN, range.params[1] ?? DYN];
      case 'dyn':
      case 'error':
      case 'param':
        this.assign(DYN, range);
        return [DYN, DYN];
      default: {
        const rule = 'cannot be range of a comprehension (must be list, map, or dynamic)';
        this.issues.add(node.range.at, `expression of type '${checkedTypeText(range)}' ${rule}`);
        return [ERROR, ERROR];
      }
    }
  }

  private wants(node: Node, wanted: CelType): void {
    const given = this.visit(node);
    if (!this.assign(wanted, given)) this.mismatch(node.at, wanted, given);
  }

  private assign(a: CelType, b: CelType): boolean {
    const bindings = assignAll(this.bindings, [a], [b]);
    if (bindings) this.bindings = bindings;
    return bindings !== undefined;
  }

  private mismatch(at: number, wanted: CelType, given: CelType): void {
    this.issues.add(at, `expected type '${checkedTypeText(wanted)}' but found '${checkedTypeText(given)}'`);
  }
}
