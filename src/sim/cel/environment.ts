/** What an expression may name: variables, functions, macros and types. Environments never change; they are extended. */
import type { CelType } from './types.js';
import type { Value } from './values.js';

/** A type of objects: its fields, and how one is made where an expression may make them. */
export interface ObjectType {
  readonly name: string;
  /** The fields by the names expressions use; undefined where there is no such field. */
  field(name: string): CelType | undefined;
  /** Makes an object of the fields that were given; types without it cannot be made. */
  readonly create?: (fields: ReadonlyMap<string, Value>) => Value;
}

/** What an environment adds to the one it extends. */
export interface Extension {
  readonly variables?: Readonly<Record<string, CelType>>;
  /** Types that fields and variables are of. */
  readonly objects?: readonly ObjectType[];
  /** Finds types that are too many to list. */
  readonly resolve?: (name: string) => ObjectType | undefined;
  readonly libraries?: readonly Library[];
}

/** How one way to call a function is carried out. */
export interface Overload {
  readonly id: string;
  /** Whether the first argument stands before a dot. */
  readonly member: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
  /** Arguments are never errors, and of the types that `args` says. */
  readonly run: (...args: never[]) => Value;
}

/** A group of functions. */
export interface Library {
  readonly name: string;
  readonly functions: Readonly<Record<string, readonly Overload[]>>;
}

/** An object type of given fields. */
export function objectType(
  name: string,
  fields: Readonly<Record<string, CelType>>,
  create?: (fields: ReadonlyMap<string, Value>) => Value,
): ObjectType {
  const field = (wanted: string) => (Object.hasOwn(fields, wanted) ? fields[wanted] : undefined);
  return create ? { name, field, create } : { name, field };
}

/** The names an expression is compiled with. */
export class Environment {
  constructor(
    private readonly parent: Environment | undefined,
    private readonly extension: Extension,
  ) {}

  /** An environment that knows more. */
  extend(extension: Extension): Environment {
    return new Environment(this, extension);
  }

  /** The type of a variable, undefined where there is none of that name. */
  variable(name: string): CelType | undefined {
    const { variables } = this.extension;
    if (variables && Object.hasOwn(variables, name)) return variables[name];
    return this.parent?.variable(name);
  }

  /** The object type of a name, undefined where there is none. */
  object(name: string): ObjectType | undefined {
    const { objects = [], resolve } = this.extension;
    return objects.find((object) => object.name === name) ?? resolve?.(name) ?? this.parent?.object(name);
  }

  /** The ways to call a function, undefined where there is none of that name. */
  overloads(name: string): readonly Overload[] | undefined {
    const own = (this.extension.libraries ?? []).flatMap(({ functions }) =>
      Object.hasOwn(functions, name) ? (functions[name] ?? []) : [],
    );
    const inherited = this.parent?.overloads(name);
    return own.length === 0 ? inherited : [...(inherited ?? []), ...own];
  }
}

/** What a Kubernetes v1.36 server compiles expressions with, before it adds variables. */
export function baseEnvironment(): Environment {
  return new Environment(undefined, {});
}
