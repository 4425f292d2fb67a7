import type { CompiledExpression } from '../../../api/kinds/admission/compile-expression.js';
import type { KubeObject } from '../../../api/object.js';
import { CelError, LazyMap, type Value, type Variables } from '../../../cel/index.js';
import { Activation, json } from '../expressions/activation.js';
import type { Attributes, View } from '../matching/attributes.js';

/** A variable of a policy. */
export interface PolicyVariable {
  readonly name: string;
  readonly compiled: CompiledExpression;
}

/** What a policy's expressions are run with for one parameter; its variables are worked out when they are first read. */
export class PolicyActivation {
  readonly variables: Variables;
  private cost = 0;

  constructor(
    attributes: Attributes,
    view: View,
    object: KubeObject | undefined,
    param: KubeObject | undefined,
    variables: readonly PolicyVariable[],
  ) {
    const activation = new Activation(attributes, view, object, {
      params: () => json(param),
      variables: () => this.lazyMap(variables),
    });
    this.variables = activation.variables;
  }

  /** What variables have cost since this was last asked. */
  takeCost(): number {
    const { cost } = this;
    this.cost = 0;
    return cost;
  }

  private lazyMap(variables: readonly PolicyVariable[]): Value {
    return new LazyMap(new Map(variables.map(({ name, compiled }) => [name, () => this.work(name, compiled)])));
  }

  private work(name: string, { program, error }: CompiledExpression): Value {
    const called = `composited variable ${JSON.stringify(name)}`;
    if (!program) return new CelError(`${called} fails to compile: ${error}`);
    const result = program.evaluate(this.variables);
    this.cost += result.cost;
    if (result.error !== undefined) return new CelError(`${called} fails to evaluate: ${result.error}`);
    return result.value as Value;
  }
}
