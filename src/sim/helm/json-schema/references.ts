import { isJsonObject } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';

/** Keywords below which a schema, a list of them or a map of them stands. */
const ONE =
  'not if then else contains additionalItems additionalProperties propertyNames items unevaluatedItems unevaluatedProperties contentSchema'.split(
    ' ',
  );
const LIST = 'allOf anyOf oneOf prefixItems items'.split(' ');
const MAP = 'properties patternProperties dependentSchemas definitions $defs dependencies'.split(' ');
const HOME = 'file:///values.schema.json';

/** The places that references name in a schema: what is below `#`, by pointer or by the anchors there are. */
export class Places {
  private readonly anchors = new Map<string, unknown>();
  private readonly schemas: Readonly<Record<string, unknown>>[] = [];

  constructor(private readonly root: unknown) {
    this.collect(root);
  }

  /** The schema that a reference within the document names, if it does. */
  at(reference: string): { readonly schema: unknown } | undefined {
    const fragment = unescaped(reference.slice(1));
    if (fragment !== '' && !fragment.startsWith('/'))
      return this.anchors.has(fragment) ? { schema: this.anchors.get(fragment) } : undefined;
    let target: unknown = this.root;
    for (const part of fragment.split('/').slice(1)) {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      target = isJsonObject(target) ? ownField(target, name) : Array.isArray(target) ? target[Number(name)] : undefined;
      if (target === undefined) return undefined;
    }
    return { schema: target };
  }

  /** What the library says of the first reference that leads nowhere. Others' addresses are not followed. */
  problem(): string | undefined {
    for (const { $ref } of this.schemas) {
      if (typeof $ref !== 'string') continue;
      if ($ref.startsWith('#') && !this.at($ref)) {
        const fragment = $ref.slice(1);
        if (fragment.startsWith('/')) return `json-pointer in "${HOME}#${fragment}" not found`;
        return `anchor in "${HOME}#${fragment}" not found in schema "${HOME}"`;
      }
      if ($ref !== '' && !/^[a-z][a-z0-9+.-]*:|^#/i.test($ref)) {
        const path = `/${$ref.replace(/#.*$/s, '').replace(/^(\.?\.?\/)+/, '')}`;
        if (path !== '/' && path !== '/values.schema.json')
          return `failing loading "file://${path}": open ${path}: no such file or directory`;
      }
    }
    return undefined;
  }

  private collect(schema: unknown): void {
    if (!isJsonObject(schema)) return;
    this.schemas.push(schema);
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const name = schema[keyword];
      if (typeof name === 'string') this.anchors.set(name, schema);
    }
    const { $id } = schema;
    if (typeof $id === 'string' && $id.startsWith('#')) this.anchors.set($id.slice(1), schema);
    for (const keyword of ONE) this.collect(schema[keyword]);
    for (const keyword of LIST) for (const each of arrayOf(schema[keyword])) this.collect(each);
    for (const keyword of MAP) {
      const map = schema[keyword];
      if (isJsonObject(map)) for (const each of Object.values(map)) this.collect(each);
    }
  }
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}
