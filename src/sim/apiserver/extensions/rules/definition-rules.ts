/** What is wrong with the rules of a definition: they have to compile, and must not cost too much (apiextensions/validation). */
import { itemsOf } from '../../../api/custom/structural.js';
import { type FieldError, forbidden, invalid } from '../../../api/field-error.js';
import { goJson } from '../../../api/go-text.js';
import { internalRule } from '../../../api/kinds/custom-resource-definition/internal-versions.js';
import type { ApiKind } from '../../../api/kinds/kind.js';
import { sortedPairs } from '../../../api/kinds/meta.js';
import type { KubeObject } from '../../../api/object.js';
import type { CustomResourceDefinition, SchemaProps } from '../../../api/types/custom-resource-definition.js';
import { RULE_COST_MAX, RULES_COST_MAX } from '../../../cel/index.js';
import { type CompiledRule, cardinalityOf, compileRules, declarationFor } from './compiled-rule.js';

/** The kind of definitions with the rules of their schemas looked at, once nothing else is wrong. */
export function withRules(kind: ApiKind): ApiKind {
  const checked = (errors: FieldError[], object: KubeObject, old?: KubeObject): FieldError[] =>
    errors.length > 0 ? errors : validateRules(object as CustomResourceDefinition, old as CustomResourceDefinition);
  return {
    ...kind,
    validateCreate: (object) => checked(kind.validateCreate(object), object),
    validateUpdate: (object, old) => checked(kind.validateUpdate(object, old), object, old),
  };
}

function validateRules({ spec }: CustomResourceDefinition, old: CustomResourceDefinition | undefined): FieldError[] {
  const versions = spec.versions ?? [];
  const texts = versions.map(({ schema }) => goJson(schema ?? null));
  const isShared = texts.every((text) => text === texts[0]);
  const before = new Map((old?.spec.versions ?? []).map(({ name, schema }) => [name, goJson(schema ?? null)]));
  return versions.flatMap(({ name, schema }, index) => {
    if (!schema?.openAPIV3Schema || (isShared && index > 0)) return [];
    const path = isShared ? 'spec.validation.openAPIV3Schema' : `spec.versions[${index}].schema.openAPIV3Schema`;
    return new DefinitionRules(before.get(name) === texts[index]).check(path, schema.openAPIV3Schema);
  });
}

interface Place {
  readonly path: string;
  readonly schema: SchemaProps;
  readonly isRoot: boolean;
  /** How often it can stand in an object; undefined where nothing bounds it. */
  readonly cardinality: number | undefined;
  /** From here on old and new cannot be told to belong together. */
  readonly uncorrelated: string | undefined;
}

/** One schema's rules, whose costs are added up. */
class DefinitionRules {
  readonly #errors: FieldError[] = [];
  readonly #costs: { readonly path: string; readonly cost: number }[] = [];
  #total = 0;

  /** `isKnown`: the schema was taken before, and what its single rules cost is not looked at. */
  constructor(private readonly isKnown: boolean) {}

  check(path: string, schema: SchemaProps): FieldError[] {
    this.#visit({ path, schema, isRoot: true, cardinality: 1, uncorrelated: undefined });
    if (this.#total > RULES_COST_MAX) {
      const most = [...this.#costs].sort((a, b) => b.cost - a.cost).slice(0, 4);
      const words = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
      this.#errors.push(...most.map((one) => forbidden(one.path, words)));
      const name = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
      this.#errors.push(forbidden(path, tooExpensive(name, this.#total, RULES_COST_MAX)));
    }
    return this.#errors;
  }

  #visit(place: Place): void {
    const { path, schema } = place;
    const most = maxElements(schema);
    const cardinality = place.cardinality === undefined || most === undefined ? undefined : place.cardinality * most;
    const inner = (at: string, own: SchemaProps, uncorrelated = place.uncorrelated) =>
      this.#visit({ path: at, schema: own, isRoot: false, cardinality, uncorrelated });
    const { additionalProperties: others } = schema;
    if (typeof others === 'object') inner(`${path}.additionalProperties`, others);
    for (const [name, property] of sortedPairs(schema.properties)) inner(`${path}.properties[${name}]`, property);
    const items = itemsOf(schema);
    const isMap = schema['x-kubernetes-list-type'] === 'map';
    if (items) inner(`${path}.items`, items, isMap ? place.uncorrelated : (place.uncorrelated ?? path));
    this.#own(place);
  }

  #own(place: Place): void {
    if ((place.schema['x-kubernetes-validations'] ?? []).length === 0) return;
    const declaration = declarationFor(place.schema, place.isRoot);
    if (!declaration) return;
    const times = place.cardinality ?? cardinalityOf(declaration);
    compileRules(place.schema, declaration).forEach((compiled, index) => {
      this.#rule(place, `${place.path}.x-kubernetes-validations[${index}]`, compiled, times);
    });
  }

  #rule({ uncorrelated }: Place, at: string, compiled: CompiledRule, times: number): void {
    const { rule, error, messageError, message, usesOldSelf } = compiled;
    const errors = this.#errors;
    this.#cost(`${at}.rule`, 'estimated rule cost', compiled.cost * times);
    if (error !== undefined) errors.push(invalid(`${at}.rule`, internalRule(rule), error));
    if (messageError !== undefined) errors.push(invalid(`${at}.messageExpression`, internalRule(rule), messageError));
    else if (message) this.#cost(`${at}.messageExpression`, 'estimated messageExpression cost', compiled.messageCost);
    if (usesOldSelf && uncorrelated !== undefined) {
      const words = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelated}`;
      errors.push(invalid(`${at}.rule`, rule.rule, words));
    }
    if (!usesOldSelf && rule.optionalOldSelf !== undefined) {
      const words = 'may not be set if oldSelf is not used in rule';
      errors.push(invalid(`${at}.optionalOldSelf`, rule.optionalOldSelf, words));
    }
  }

  #cost(path: string, name: string, cost: number): void {
    if (!this.isKnown && cost > RULE_COST_MAX) {
      this.#errors.push(forbidden(path, tooExpensive(name, cost, RULE_COST_MAX)));
    }
    this.#total += cost;
    if (cost >= RULES_COST_MAX / 100) this.#costs.push({ path, cost });
  }
}

/** How many values one value of a schema holds; undefined where nothing bounds it. */
function maxElements({ type, additionalProperties, maxProperties, maxItems }: SchemaProps): number | undefined {
  if (type === 'object') return additionalProperties === undefined ? 1 : maxProperties;
  return type === 'array' ? maxItems : 1;
}

function tooExpensive(name: string, cost: number, limit: number): string {
  const factor = cost / limit;
  const times = factor > 100 ? 'more than 100x' : factor < 1.5 ? `${factor.toFixed(6)}x` : `${factor.toFixed(1)}x`;
  return `${name} exceeds budget by factor of ${times} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}
