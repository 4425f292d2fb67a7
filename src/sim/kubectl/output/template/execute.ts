import { goQuote } from '../../../api/go-text.js';
import { sortedEntries } from '../../../api/go-value.js';
import { isJsonObject } from '../../../api/object.js';
import { OutputError } from '../../../api/output-error.js';
import { Evaluation, type ExecuteOptions, type Shared, type Variable } from './evaluate.js';
import type { BranchNode, Statement } from './nodes.js';
import type { TemplateSet } from './parser.js';
import { TEMPLATE_NAME } from './pipeline-parser.js';
import { boxed, isTrue, type MaybeValue, plain, printValue, unbox } from './value.js';

/** How deep templates may call each other, and how much one may write and do. */
const CALL_DEPTH_MAX = 1000;
const STEPS_MAX = 5_000_000;

/** Thrown by `{{break}}` and `{{continue}}`, caught by the range around them. */
class LeaveIteration {
  constructor(readonly type: 'break' | 'continue') {}
}

/**
 * Runs a parsed template over an object and answers what it writes.
 * Throws OutputError whose `printed` is what had been written before.
 */
export function executeTemplate(text: string, templates: TemplateSet, data: unknown, options: ExecuteOptions): string {
  const shared: Shared = { text, templates, options, out: [], steps: 0 };
  const dot = plain(data);
  try {
    new Execution(shared, TEMPLATE_NAME, dot, 0).run(dot, templates.get(TEMPLATE_NAME) ?? []);
  } catch (error) {
    if (error instanceof OutputError) throw new OutputError(error.message, shared.out.join(''));
    throw error;
  }
  return shared.out.join('');
}

class Execution extends Evaluation {
  run(dot: MaybeValue, statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(dot, statement);
  }

  private statement(dot: MaybeValue, statement: Statement): void {
    this.node = statement;
    if (++this.shared.steps > STEPS_MAX) this.fail('template runs too long');
    switch (statement.type) {
      case 'text':
        this.shared.out.push(statement.text);
        return;
      case 'action': {
        const value = this.pipe(dot, statement.pipe);
        if (statement.pipe.variables.length > 0) return;
        this.node = statement;
        this.shared.out.push(value === undefined ? '<no value>' : printValue(value));
        return;
      }
      case 'if':
      case 'with':
        return this.condition(dot, statement);
      case 'range':
        return this.range(dot, statement);
      case 'template':
        return this.call(dot, statement);
      default:
        throw new LeaveIteration(statement.type);
    }
  }

  private condition(dot: MaybeValue, branch: BranchNode): void {
    const mark = this.variables.length;
    const value = this.pipe(dot, branch.pipe);
    if (isTrue(value)) this.run(branch.type === 'with' ? value : dot, branch.body);
    else if (branch.otherwise !== undefined) this.run(dot, branch.otherwise);
    this.variables.length = mark;
  }

  private range(dot: MaybeValue, branch: BranchNode): void {
    const mark = this.variables.length;
    const value = unbox(this.pipe(dot, branch.pipe));
    try {
      let any = false;
      for (const [index, item] of this.iterations(value, branch)) {
        any = true;
        this.iterate(branch, index, item);
      }
      if (!any && branch.otherwise !== undefined) this.run(dot, branch.otherwise);
    } catch (error) {
      if (!(error instanceof LeaveIteration) || error.type !== 'break') throw error;
    }
    this.variables.length = mark;
  }

  private *iterations(value: MaybeValue, branch: BranchNode): Generator<readonly [MaybeValue, MaybeValue]> {
    const data = value?.data;
    if (value === undefined || data === null) return;
    if (Array.isArray(data)) {
      for (const [i, item] of data.entries()) yield [plain(i, 'int'), boxed(item)];
    } else if (isJsonObject(data)) {
      for (const [key, item] of sortedEntries(data)) yield [plain(key), boxed(item)];
    } else if (typeof data === 'number' && value.type !== 'float64') {
      if (branch.pipe.variables.length > 1) {
        this.fail(`can't use ${printValue(value)} to iterate over more than one variable`);
      }
      for (let i = 0; i < data; i++) yield [undefined, plain(i, value.type)];
    } else {
      this.fail(`range can't iterate over ${printValue(value)}`);
    }
  }

  private iterate(branch: BranchNode, index: MaybeValue, item: MaybeValue): void {
    const { variables, isAssignment } = branch.pipe;
    const values = variables.length > 1 ? [index, item] : [item];
    variables.forEach((name, i) => {
      if (isAssignment) this.assign(name, values[i]);
      else (this.variables.at(i - variables.length) as Variable).value = values[i];
    });
    const mark = this.variables.length;
    try {
      this.run(item, branch.body);
    } catch (error) {
      if (!(error instanceof LeaveIteration) || error.type !== 'continue') throw error;
    }
    this.variables.length = mark;
  }

  private call(dot: MaybeValue, statement: Extract<Statement, { type: 'template' }>): void {
    const body = this.shared.templates.get(statement.name);
    if (body === undefined) this.fail(`template ${goQuote(statement.name)} not defined`);
    if (this.depth >= CALL_DEPTH_MAX) this.fail(`exceeded maximum template depth (${CALL_DEPTH_MAX})`);
    const value = statement.pipe === undefined ? undefined : this.pipe(dot, statement.pipe);
    new Execution(this.shared, statement.name, value, this.depth + 1).run(value, body);
  }
}
