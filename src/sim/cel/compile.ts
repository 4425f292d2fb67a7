/** From text to program. */
import { type Checked, Checker } from './check/checker.js';
import { validateLiterals } from './check/literals.js';
import { estimateCost } from './cost/estimate.js';
import type { Environment } from './environment.js';
import { PER_CALL_LIMIT } from './limits.js';
import type { Compiled, Evaluation, Program, SizeEstimator, Variables } from './program.js';
import { CANCELLED, type Step } from './run/frame.js';
import { PlanError, Planner } from './run/planner.js';
import type { Node } from './syntax/ast.js';
import { Issues } from './syntax/issues.js';
import { NotOfGrammar, Parser, TooDeep } from './syntax/parser.js';
import { reportSyntax } from './syntax/syntax-report.js';
import { tokenize } from './syntax/tokens.js';
import { CelError, type Value } from './values.js';

const CHARACTERS_MAX = 100_000;

/** Parses, checks and plans an expression. */
export function compile(expression: string, environment: Environment): Compiled {
  const issues = new Issues(expression);
  const root = parse(expression, issues);
  if (!root || !issues.none) return { issues: issues.toString() };
  const checked = new Checker(environment, issues).check(root);
  if (issues.none) validateLiterals(checked, issues);
  if (!issues.none) return { issues: issues.toString() };
  try {
    const plan = new Planner(checked, environment).plan();
    return { program: programOf(expression, checked, environment, plan) };
  } catch (error) {
    if (error instanceof PlanError) return { failure: error.message };
    throw error;
  }
}

function parse(expression: string, issues: Issues): Node | undefined {
  const size = [...expression].length;
  if (size > CHARACTERS_MAX) {
    issues.add(-1, `expression code point size exceeds limit: size: ${size}, limit ${CHARACTERS_MAX}`);
    return undefined;
  }
  const { tokens, unreadable } = tokenize(expression);
  try {
    const root = new Parser(tokens, issues).parse();
    if (unreadable.length === 0) return root;
  } catch (error) {
    if (error instanceof TooDeep) {
      issues.add(-1, error.message);
      return undefined;
    }
    if (!(error instanceof NotOfGrammar)) throw error;
  }
  const found = new Issues(expression);
  reportSyntax(tokens, unreadable, found, expression);
  issues.take(found);
  return undefined;
}

interface Plan {
  readonly run: Step;
  readonly slots: number;
}

function programOf(expression: string, checked: Checked, environment: Environment, { run, slots }: Plan): Program {
  const outputType = checked.types.get(checked.root);
  if (!outputType) throw new Error(`no type of ${expression}`);
  const names = [...checked.references.values()].filter(({ overloads }) => !overloads).map(({ name }) => name);
  const readsNothing = names.every((name) => environment.variable(name) === undefined);
  const once = (variables: Variables, limit: number) => evaluate(run, slots, variables, limit);
  const evaluated = readsNothing ? remembering(once) : once;
  return {
    expression,
    outputType,
    references: new Set(names),
    evaluate: (variables, costLimit = PER_CALL_LIMIT) => evaluated(variables, costLimit),
    estimateCost: (sizes?: SizeEstimator) => estimateCost(checked, sizes),
  };
}

type Evaluate = (variables: Variables, limit: number) => Evaluation;

/** What reads no variable always comes to the same, however long it takes: it is worked out once per limit. */
function remembering(evaluateOnce: Evaluate): Evaluate {
  const known = new Map<number, Evaluation>();
  return (variables, limit) => {
    const result = known.get(limit) ?? evaluateOnce(variables, limit);
    known.set(limit, result);
    return result;
  };
}

function evaluate(run: Step, slots: number, variables: Variables, limit: number): Evaluation {
  const frame = { cost: 0, limit, variables, slots: new Array<Value | undefined>(slots).fill(undefined) };
  try {
    const value = run(frame);
    if (value instanceof CelError) return { error: value.message, cost: frame.cost };
    return { value, cost: frame.cost };
  } catch (error) {
    if (error === CANCELLED) return { error: CANCELLED.message, cost: frame.cost };
    throw error;
  }
}
