import { goQuote } from '../go-text.js';
import { Evaluation, type TemplateGroup, type Variable } from './evaluate.js';
import { printData, printValue } from './format-value.js';
import type { GoType } from './go-types.js';
import {
  element,
  type GoData,
  GoInteger,
  GoNil,
  goInt,
  isGoList,
  isGoMap,
  itemsOf,
  type MaybeValue,
  plain,
  typeOfData,
  unbox,
} from './go-values.js';
import type { BranchNode, Statement } from './nodes.js';
import { sortedKeys } from './sorted-keys.js';
import { TemplateError } from './template-error.js';
import { isTrue } from './truth.js';

/** How deep templates may call each other, and how much one may write and do. */
const CALL_DEPTH_MAX = 500;
const STEPS_MAX = 5_000_000;

/** Thrown by `{{break}}` and `{{continue}}`, caught by the range around them. */
class LeaveIteration {
  constructor(readonly type: 'break' | 'continue') {}
}

/**
 * Runs a template of a group over its dot and adds what it writes to `out`, piece by piece, so that it is known what was
 * written before a complaint. Throws TemplateError.
 */
export function executeTemplate(group: TemplateGroup, name: string, data: GoData, out: string[]): void {
  const template = group.templates.get(name);
  if (template === undefined) {
    throw new TemplateError(`template: no template ${goQuote(name)} associated with template ${goQuote(group.name)}`);
  }
  const dot = plain(data);
  new Execution(group, template, dot, { out, steps: 0 }, 0).run(dot, template.body);
}

interface Progress {
  readonly out: string[];
  steps: number;
}

class Execution extends Evaluation {
  constructor(
    group: TemplateGroup,
    template: Evaluation['template'],
    root: MaybeValue,
    private readonly progress: Progress,
    private readonly depth: number,
  ) {
    super(group, template, root);
  }

  run(dot: MaybeValue, statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(dot, statement);
  }

  private statement(dot: MaybeValue, statement: Statement): void {
    this.node = statement;
    if (++this.progress.steps > STEPS_MAX) this.fail('template runs too long');
    switch (statement.type) {
      case 'text':
        this.progress.out.push(statement.text);
        return;
      case 'action': {
        const value = this.pipe(dot, statement.pipe);
        if (statement.pipe.variables.length > 0) return;
        this.node = statement;
        this.progress.out.push(printValue(value));
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
    if (data === undefined) return;
    const elem = typeOfData(data)?.elem as GoType;
    if (isGoList(data)) {
      for (const [i, item] of itemsOf(data).entries()) yield [plain(goInt(i)), element(item, elem)];
    } else if (isGoMap(data)) {
      // What the body adds or removes is not looked at.
      const entries = sortedKeys(data).map((key) => [key, data[key]] as const);
      for (const [key, item] of entries) yield [plain(key), element(item, elem)];
    } else if (data instanceof GoInteger) {
      if (branch.pipe.variables.length > 1) {
        this.fail(`can't use ${printData(data)} to iterate over more than one variable`);
      }
      for (let i = 0n; i < data.value; i++) yield [undefined, plain(new GoInteger(data.type, i))];
    } else if (!(data instanceof GoNil) || data.type.kind === 'ptr') {
      this.fail(`range can't iterate over ${printData(data)}`);
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
    const template = this.group.templates.get(statement.name);
    if (template === undefined) this.fail(`template ${goQuote(statement.name)} not defined`);
    if (this.depth >= CALL_DEPTH_MAX) this.fail(`exceeded maximum template depth (${CALL_DEPTH_MAX})`);
    const value = statement.pipe === undefined ? undefined : this.pipe(dot, statement.pipe);
    new Execution(this.group, template, value, this.progress, this.depth + 1).run(value, template.body);
  }
}
