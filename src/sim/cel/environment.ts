/** What an expression may name: variables, functions and types. Environments never change; they are extended. */
import type { CelType } from './types.js';
import type { Value } from './values.js';

/** A type of objects: its fields, and how one is made where an expression may make them. */
export interface ObjectType {
  readonly name: string;
  /** The type of a field, by the name expressions use; undefined where there is no such field. */
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

/** Carries a function out. Arguments are never errors, and of the types the overload says. */
export type Run = (...args: never[]) => Value;

/** One way to call a function. */
export interface Overload {
  readonly id: string;
  /** Whether the first argument stands before a dot. */
  readonly member: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
  /** Left out where the function itself carries all its overloads out. */
  readonly run?: Run;
}

/** A function. */
export interface FunctionDeclaration {
  readonly overloads: readonly Overload[];
  /** Carries all overloads out, whatever their types. */
  readonly run?: Run;
  /** Whether a first argument is one that `run` knows. */
  readonly takes?: (value: Value) => boolean;
}

/** A group of functions by name. */
export type Library = Readonly<Record<string, FunctionDeclaration>>;

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
  private readonly functions = new Map<string, FunctionDeclaration>();
  private readonly objects = new Map<string, ObjectType>();

  constructor(
    private readonly parent: Environment | undefined,
    private readonly extension: Extension,
  ) {
    for (const object of extension.objects ?? []) this.objects.set(object.name, object);
    for (const library of extension.libraries ?? []) {
      for (const [name, declaration] of Object.entries(library)) this.declare(name, declaration);
    }
  }

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
    return this.objects.get(name) ?? this.extension.resolve?.(name) ?? this.parent?.object(name);
  }

  /** A function, undefined where there is none of that name. */
  function(name: string): FunctionDeclaration | undefined {
    return this.functions.get(name) ?? this.parent?.function(name);
  }

  /** Libraries may add to each other's functions. */
  private declare(name: string, added: FunctionDeclaration): void {
    const known = this.function(name);
    this.functions.set(
      name,
      known ? { ...added, ...known, overloads: [...known.overloads, ...added.overloads] } : added,
    );
  }
}
