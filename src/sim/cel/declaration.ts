/**
 * Types with what is known of their sizes, as structural schemas give them: k8s.io/apiserver/pkg/cel's DeclType. An
 * environment gets the types, a cost estimate the sizes.
 */
import type { ObjectType } from './environment.js';
import { RESERVED } from './escape.js';
import type { Estimate, SizeEstimator } from './program.js';
import { type CelType, listType, mapType, STRING, structType } from './types.js';

/** A type and the sizes its values can have. */
export interface Declaration {
  readonly type: CelType;
  /** Most elements of a list or map, or most bytes of a text. */
  readonly maxElements: number;
  /** The fewest bytes a value takes as JSON. */
  readonly minSize: number;
  /** Of a list's or map's values. */
  readonly element?: Declaration;
  /** Of a map's keys. */
  readonly key?: Declaration;
  /** Of an object, by the names expressions use. */
  readonly fields?: Readonly<Record<string, Declaration>>;
}

/** A declaration of a value that has no parts. */
export function scalarDeclaration(type: CelType, minSize: number, maxElements = 0): Declaration {
  return { type, minSize, maxElements };
}

/** A list's declaration. */
export function listDeclaration(element: Declaration, maxElements: number): Declaration {
  return { type: listType(element.type), element, maxElements, minSize: 2 };
}

/** The declaration of a map from texts. */
export function mapDeclaration(element: Declaration, maxElements: number): Declaration {
  return {
    type: mapType(STRING, element.type),
    key: scalarDeclaration(STRING, 2),
    element,
    maxElements,
    minSize: 2,
  };
}

/** An object's declaration; the name is given by {@link nameDeclaration}. */
export function objectDeclaration(fields: Readonly<Record<string, Declaration>>, minSize = 2): Declaration {
  return { type: structType('object'), fields, maxElements: 0, minSize };
}

/** Gives the objects of a declaration names, by where they are: `selfType.spec`, `selfType.list.@idx`. */
export function nameDeclaration(declaration: Declaration, name: string): Declaration {
  const { fields, element, key } = declaration;
  if (fields) {
    const own = declaration.type.name === 'object' ? name : declaration.type.name;
    const named = Object.entries(fields).map(([field, of]) => [field, nameDeclaration(of, `${own}.${field}`)] as const);
    return { ...declaration, type: structType(own), fields: Object.fromEntries(named) };
  }
  if (element && key) return mapDeclaration(nameDeclaration(element, `${name}.@elem`), declaration.maxElements);
  if (element) return listDeclaration(nameDeclaration(element, `${name}.@idx`), declaration.maxElements);
  return declaration;
}

/** The object types that a named declaration is made of, for an environment. */
export function objectTypesOf(declaration: Declaration): ObjectType[] {
  const { fields, element } = declaration;
  if (element) return objectTypesOf(element);
  if (!fields) return [];
  const typeOf = (name: string) => (Object.hasOwn(fields, name) ? fields[name]?.type : undefined);
  // A field called like a word of the language can be written either way.
  const field = (name: string) => typeOf(name) ?? (RESERVED.has(name) ? typeOf(`__${name}__`) : undefined);
  return [{ name: declaration.type.name, field }, ...Object.values(fields).flatMap(objectTypesOf)];
}

/** Estimates sizes by the declaration of the variable a path begins with. */
export function sizesOf(root: Declaration): SizeEstimator {
  return (path) => {
    if (path.length === 0) return undefined;
    let node: Declaration | undefined = root;
    for (const name of path.slice(1)) {
      if (name === '@items' || name === '@values') node = node.element;
      else if (name === '@keys') node = node.key;
      else node = node.fields && Object.hasOwn(node.fields, name) ? node.fields[name] : undefined;
      if (!node) return undefined;
    }
    return { min: 0, max: node.maxElements } satisfies Estimate;
  };
}
