import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import type { Value, Variables } from '../../../cel/index.js';

/** What came of an expression. */
export type Outcome =
  | { readonly value: Value; readonly error?: undefined }
  | { readonly value?: undefined; readonly error: string };

/** Thrown when the expressions of one round have cost more than they may together. */
export class BudgetExceeded extends Error {
  constructor() {
    super('validation failed due to running out of cost budget, no further validation rules will be run');
  }
}

/** What a round of expressions may still cost. `lazyCost` tells, and forgets, what variables cost meanwhile. */
export class Budget {
  constructor(
    private left: number,
    private readonly lazyCost: () => number = () => 0,
  ) {}

  /** What is left of it. */
  get remaining(): number {
    return this.left;
  }

  /** Runs an expression and pays for it. Throws `BudgetExceeded`. */
  evaluate(compiled: CompiledExpression, variables: Variables): Outcome {
    if (!compiled.program) return { error: `compilation error: ${compiled.error}` };
    const result = compiled.program.evaluate(variables);
    this.pay(this.lazyCost());
    this.pay(result.cost);
    if (result.error === undefined) return { value: result.value as Value };
    return { error: `expression '${compiled.expression}' resulted in error: ${result.error}` };
  }

  private pay(cost: number): void {
    if (cost > this.left) throw new BudgetExceeded();
    this.left -= cost;
  }
}
