import type { Int } from '../arithmetic/integers.js';
import type { Arithmetic, ArithmeticScope } from '../arithmetic/parse.js';
import { ArithmeticError, parseArithmetic } from '../arithmetic/parse.js';
import { CommandFailure, SHELL_LIMITS } from './failures.js';
import { Variable } from './variable.js';

/** Expands the words inside a subscript that came as text; what needs a process is left as it is. */
export type ExpandSubscript = (text: string) => string;

/** What one call of a function hides while it runs. */
interface Frame {
  readonly hidden: Map<string, Variable | undefined>;
}

/** The variables of a shell. Functions see their caller's (dynamic scope); locals hide and bring back. */
export class Variables implements ArithmeticScope {
  private readonly table = new Map<string, Variable>();
  private readonly frames: Frame[] = [];
  private depth = 0;
  /** `set -u`. */
  unsetIsError = false;
  /** `set -a`. */
  exportAll = false;
  expandSubscript: ExpandSubscript = (text) => text;

  get inFunction(): boolean {
    return this.frames.length > 0;
  }

  /** The variable itself, namerefs not followed. */
  raw(name: string): Variable | undefined {
    return this.table.get(name);
  }

  /** The variable a name stands for, through namerefs to whole variables. */
  find(name: string): Variable | undefined {
    const variable = this.table.get(name);
    return variable?.attributes.has('n') ? this.table.get(this.resolve(name).name) : variable;
  }

  /** Where a name leads: itself, or what its nameref names, perhaps an element of an array. */
  resolve(name: string): { name: string; subscript?: string } {
    let current = name;
    for (let depth = 0; depth < SHELL_LIMITS.nameref_depth_max; depth += 1) {
      const variable = this.table.get(current);
      if (!variable?.attributes.has('n') || variable.value === undefined) return { name: current };
      const element = /^([A-Za-z_]\w*)\[(.*)\]$/s.exec(variable.value);
      if (element) return { name: element[1] as string, subscript: element[2] as string };
      current = variable.value;
    }
    return { name };
  }

  /** The value of `$name`; undefined when it is not set. */
  get(name: string): string | undefined {
    const variable = this.table.get(name);
    if (!variable) return undefined;
    if (!variable.attributes.has('n')) return variable.read();
    const target = this.resolve(name);
    if (target.subscript !== undefined) return this.element(target.name, target.subscript);
    return this.table.get(target.name)?.read();
  }

  /** The value of `${name[subscript]}`; the subscript is text: a key, or an expression. */
  element(name: string, subscript: string): string | undefined {
    const variable = this.find(name);
    if (!variable) return undefined;
    if (variable.associative) return variable.associative.get(subscript);
    const index = this.index(name, subscript, variable);
    const items = variable.indexed;
    if (items) return items.get(index);
    return index === 0 ? variable.read() : undefined;
  }

  /** Assigns as `name=value` does: attributes change or refuse the value. */
  set(name: string, value: string, append = false): void {
    const target = this.table.get(name)?.attributes.has('n') ? this.resolve(name) : { name };
    if ('subscript' in target && target.subscript !== undefined)
      return this.setElement(target.name, target.subscript, value, append);
    const variable = this.forWriting(target.name);
    if (variable.items && !variable.onAssign) {
      const subscript = '0';
      return this.setElement(target.name, subscript, value, append);
    }
    const changed = this.transform(variable, value, append ? (variable.read() ?? '') : undefined);
    if (variable.onAssign) variable.onAssign(changed);
    else variable.value = changed;
  }

  setElement(name: string, subscript: string, value: string, append = false): void {
    const resolved = this.resolve(name).name;
    const variable = this.forWriting(resolved);
    variable.assigned = true;
    if (variable.associative) {
      const old = append ? (variable.associative.get(subscript) ?? '') : undefined;
      variable.associative.set(subscript, this.transform(variable, value, old));
      return;
    }
    const items = variable.makeIndexed();
    const index = this.index(name, subscript, variable);
    items.set(index, this.transform(variable, value, append ? (items.get(index) ?? '') : undefined));
  }

  /** A variable about to be changed, made when missing. Throws when it is readonly. */
  forWriting(name: string): Variable {
    let variable = this.table.get(name);
    if (!variable) {
      variable = new Variable();
      if (this.exportAll) variable.attributes.add('x');
      this.table.set(name, variable);
      return variable;
    }
    if (variable.attributes.has('r')) throw new CommandFailure(`${name}: readonly variable`, 1, 'line');
    if (this.exportAll) variable.attributes.add('x');
    return variable;
  }

  /** What a value becomes under the variable's attributes. `old` is given for `+=`. */
  transform(variable: Variable, value: string, old: string | undefined): string {
    const { attributes } = variable;
    if (attributes.size === 0) return old === undefined ? value : old + value;
    if (attributes.has('i')) {
      const sum =
        old === undefined ? this.calculate(value) : BigInt(this.calculate(old || '0')) + BigInt(this.calculate(value));
      return String(sum);
    }
    const whole = old === undefined ? value : old + value;
    if (attributes.has('u')) return whole.toUpperCase();
    return attributes.has('l') ? whole.toLowerCase() : whole;
  }

  /** The index a subscript means; negative ones count from the end. Throws when there is none. */
  index(name: string, subscript: string, variable: Variable | undefined): number {
    const index = Number(this.calculate(subscript));
    if (index >= 0) return index;
    const end = variable?.indexed?.end ?? (variable?.read() === undefined ? 0 : 1);
    if (end + index < 0) throw new CommandFailure(`${name}[${subscript}]: bad array subscript`, 1, 'command');
    return end + index;
  }

  /** Makes a variable of the innermost function call; what had the name comes back when the call ends. */
  declareLocal(name: string): Variable {
    const frame = this.frames.at(-1) as Frame;
    const existing = this.table.get(name);
    if (frame.hidden.has(name) && existing) return existing;
    if (existing?.attributes.has('r')) throw new CommandFailure(`${name}: readonly variable`);
    if (!frame.hidden.has(name)) frame.hidden.set(name, existing);
    const variable = new Variable();
    if (existing?.attributes.has('x')) variable.attributes.add('x');
    this.table.set(name, variable);
    return variable;
  }

  /** Whether the innermost call has made the name its own. */
  isLocal(name: string): boolean {
    return this.frames.at(-1)?.hidden.has(name) ?? false;
  }

  localNames(): string[] {
    return [...(this.frames.at(-1)?.hidden.keys() ?? [])].filter((name) => this.table.has(name)).sort();
  }

  /** The variable outside all functions, made when missing (`declare -g`). */
  global(name: string): Variable {
    const frame = this.frames.find(({ hidden }) => hidden.has(name));
    if (!frame) return this.ensure(name);
    let variable = frame.hidden.get(name);
    if (!variable) {
      variable = new Variable();
      frame.hidden.set(name, variable);
    }
    return variable;
  }

  ensure(name: string): Variable {
    let variable = this.table.get(name);
    if (!variable) {
      variable = new Variable();
      this.table.set(name, variable);
    }
    return variable;
  }

  define(name: string, variable: Variable): void {
    this.table.set(name, variable);
  }

  /** `unset`: a local goes but hides on; in a called function the caller's comes to light. Throws when readonly. */
  unset(name: string): boolean {
    const variable = this.table.get(name);
    if (!variable) return false;
    if (variable.attributes.has('r')) throw new CommandFailure(`${name}: cannot unset: readonly variable`);
    for (let level = this.frames.length - 1; level >= 0; level -= 1) {
      const { hidden } = this.frames[level] as Frame;
      if (!hidden.has(name)) continue;
      const outer = hidden.get(name);
      if (level < this.frames.length - 1) {
        hidden.delete(name);
        if (outer) this.table.set(name, outer);
        else this.table.delete(name);
        return true;
      }
      this.table.set(name, new Variable());
      return true;
    }
    this.table.delete(name);
    return true;
  }

  unsetElement(name: string, subscript: string): void {
    const variable = this.find(name);
    if (!variable) return;
    if (variable.attributes.has('r')) throw new CommandFailure(`${name}: cannot unset: readonly variable`);
    if (variable.associative) variable.associative.delete(subscript);
    else if (variable.indexed) {
      if (subscript === '@' || subscript === '*') this.unset(name);
      else variable.indexed.delete(this.index(name, subscript, variable));
    } else if (this.index(name, subscript, variable) === 0) this.unset(name);
    else throw new CommandFailure(`${name}: not an array variable`);
  }

  enterFunction(): void {
    this.frames.push({ hidden: new Map() });
  }

  leaveFunction(): void {
    this.restore((this.frames.pop() as Frame).hidden);
  }

  /** Hides variables for the time of one command (`x=1 command`); gives back what undoes it. */
  hide(names: readonly string[]): () => void {
    const hidden = new Map<string, Variable | undefined>();
    for (const name of names) {
      if (hidden.has(name)) continue;
      const old = this.table.get(name);
      hidden.set(name, old);
      const copy = old?.clone() ?? new Variable();
      if (old?.onAssign) copy.onAssign = old.onAssign;
      if (old?.compute) copy.compute = old.compute;
      this.table.set(name, copy);
    }
    return () => this.restore(hidden);
  }

  names(): string[] {
    return [...this.table.keys()].sort((one, other) => (one < other ? -1 : 1));
  }

  /** What programs get: exported variables that have a value. */
  environment(): Map<string, string> {
    const result = new Map<string, string>();
    for (const [name, variable] of this.table) {
      if (!variable.attributes.has('x') || variable.items) continue;
      const value = variable.read();
      if (value !== undefined) result.set(name, value);
    }
    return result;
  }

  /** The same variables for a subshell. Those the shell computes are left out: it makes its own. */
  copyTo(other: Variables): void {
    for (const [name, variable] of this.table) {
      if (variable.compute || variable.computeItems || variable.onAssign) {
        const own = other.table.get(name);
        if (own) for (const attribute of variable.attributes) own.attributes.add(attribute);
      } else other.table.set(name, variable.clone());
    }
    for (const name of [...other.table.keys()]) if (!this.table.has(name)) other.table.delete(name);
    for (const frame of this.frames) other.frames.push({ hidden: new Map(frame.hidden) });
    other.unsetIsError = this.unsetIsError;
    other.exportAll = this.exportAll;
  }

  /** Evaluates an expression. Throws CommandFailure in bash's words. */
  calculate(text: string): Int {
    if (/^\s*\d{1,15}\s*$/.test(text) && !/^\s*0\d/.test(text)) return Number(text);
    return this.run(() => parseArithmetic(text)(this));
  }

  /** Runs an expression that was read before. */
  compute(expression: Arithmetic): Int {
    return expression(this);
  }

  // What expressions need.

  read(name: string, subscript: string | undefined): string | undefined {
    const value = subscript === undefined ? this.get(name) : this.element(name, this.subscriptOf(name, subscript));
    if (value === undefined && this.unsetIsError) {
      throw new CommandFailure(
        `${name}${subscript === undefined ? '' : `[${subscript}]`}: unbound variable`,
        127,
        'shell',
      );
    }
    return value;
  }

  write(name: string, subscript: string | undefined, value: string): void {
    if (subscript === undefined) this.set(name, value);
    else this.setElement(name, this.subscriptOf(name, subscript), value);
  }

  evaluate(text: string): Int {
    this.depth += 1;
    try {
      if (this.depth > SHELL_LIMITS.arithmetic_recursion_max) {
        throw new ArithmeticError(`${text}: expression recursion level exceeded (error token is "${text}")`);
      }
      return parseArithmetic(text)(this);
    } finally {
      this.depth -= 1;
    }
  }

  private subscriptOf(name: string, subscript: string): string {
    const text = /[$`"'\\]/.test(subscript) ? this.expandSubscript(subscript) : subscript;
    return this.find(name)?.associative ? text : text.trim();
  }

  private run(action: () => Int): Int {
    try {
      return action();
    } catch (error) {
      if (error instanceof ArithmeticError) throw new CommandFailure(error.message, 1, 'line');
      throw error;
    }
  }

  private restore(hidden: ReadonlyMap<string, Variable | undefined>): void {
    for (const [name, variable] of hidden) {
      if (variable) this.table.set(name, variable);
      else this.table.delete(name);
    }
  }
}
