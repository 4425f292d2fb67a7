import {
  type CelType,
  compile,
  DYN,
  type Environment,
  listType,
  mapType,
  type ObjectType,
  structType,
} from '../../../cel/index.js';
import { type CompiledExpression, compileExpression } from './compile-expression.js';
import { admissionEnvironment, type Variables } from './environments.js';

const VARIABLES = 'kubernetes.variables';
const SCALARS = ['any', 'bool', 'bytes', 'double', 'duration', 'int', 'null', 'string', 'timestamp', 'uint'];

/**
 * Compiles a policy's expressions. Variables are added one after another, so that each sees those before it, and all that
 * comes later sees them all.
 */
export class PolicyCompiler {
  private readonly fields = new Map<string, CelType>();
  private readonly environments = new Map<string, Environment>();

  /** Without composition nobody may speak of `variables`. */
  constructor(
    private readonly composes = true,
    private readonly baseOf: (variables: Variables) => Environment = admissionEnvironment,
  ) {}

  /** Compiles an expression that must be of one of some types. */
  compile(expression: string, variables: Variables, wanted: readonly CelType[]): CompiledExpression {
    return compileExpression(expression, this.environmentOf(variables), wanted);
  }

  /** Compiles a variable, which is there from now on; one that does not compile may be anything. */
  addVariable(name: string, expression: string, variables: Variables): CompiledExpression {
    const compiled = compileExpression(expression, this.environmentOf(variables));
    this.fields.set(name, compiled.program ? fieldType(compiled.program.outputType) : DYN);
    return compiled;
  }

  /** What is wrong with an expression, of whatever type it is; undefined for nothing. */
  issuesOf(expression: string, variables: Variables): string | undefined {
    return compile(expression, this.environmentOf(variables)).issues;
  }

  private environmentOf(variables: Variables): Environment {
    const base = this.baseOf(variables);
    if (!this.composes) return base;
    const key = JSON.stringify([variables.params, variables.authorizer, variables.patchTypes ?? false]);
    const known = this.environments.get(key);
    if (known) return known;
    const type: ObjectType = { name: VARIABLES, field: (name) => this.fields.get(name) };
    const made = base.extend({ variables: { variables: structType(VARIABLES) }, objects: [type] });
    this.environments.set(key, made);
    return made;
  }
}

/** What others know of a variable's type: objects and what libraries have made are anything. */
function fieldType(type: CelType): CelType {
  if (SCALARS.includes(type.kind)) return type;
  const [first = DYN, second = DYN] = type.params;
  if (type.kind === 'list') return listType(fieldType(first));
  if (type.kind === 'map') return mapType(fieldType(first), fieldType(second));
  return DYN;
}
