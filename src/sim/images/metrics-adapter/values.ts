import { matchesSelector, parseSelector, SelectorError } from '../../api/labels.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import {
  formatQuantity,
  milliQuantityOf,
  parseQuantity,
  QuantityError,
  quantityMilliValue,
} from '../../api/quantity.js';
import { YamlError } from '../../api/yaml/errors.js';
import { readYaml } from '../../api/yaml/read.js';

/** A metric of objects of a namespace: of pods a selector finds, or of one object by its resource and name. */
export interface CustomValue {
  readonly metric: string;
  readonly namespace: string;
  /** `pods`, `services`, `ingresses.networking.k8s.io` …, or `namespaces`. */
  readonly resource: string;
  readonly name: string | undefined;
  readonly selector: string;
  readonly value: string;
  /** Whether the value is of all pods together, which share it. */
  readonly shared: boolean;
}

export interface ExternalValue {
  readonly metric: string;
  /** Undefined: in every namespace. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Values {
  readonly custom: readonly CustomValue[];
  readonly external: readonly ExternalValue[];
}

/** What `values.yaml` of a ConfigMap says; what cannot be read is left out, with a word about it. */
export function readValues(text: string): { readonly values: Values; readonly problem: string | undefined } {
  let file: unknown;
  try {
    file = readYaml(text);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return { values: { custom: [], external: [] }, problem: error.message };
  }
  const rows = (key: string) => {
    const list = isJsonObject(file) ? file[key] : undefined;
    return Array.isArray(list) ? list.filter(isJsonObject) : [];
  };
  const all = [...rows('custom'), ...rows('external')];
  const wrong = all.find((row) => !isUsable(row));
  return {
    values: {
      custom: rows('custom').filter(isUsable).map(customValue),
      external: rows('external').filter(isUsable).map(externalValue),
    },
    problem: wrong && `metric ${JSON.stringify(wrong['metric'])} has no value that is an amount`,
  };
}

function isUsable(row: JsonObject): boolean {
  try {
    parseQuantity(textIn(row, 'value', textIn(row, 'total')));
    parseSelector(textIn(row, 'selector'));
    return textIn(row, 'metric') !== '';
  } catch (error) {
    if (error instanceof QuantityError || error instanceof SelectorError) return false;
    throw error;
  }
}

function customValue(row: JsonObject): CustomValue {
  return {
    metric: textIn(row, 'metric'),
    namespace: textIn(row, 'namespace', 'default'),
    resource: textIn(row, 'resource', 'pods'),
    name: row['name'] === undefined ? undefined : textIn(row, 'name'),
    selector: textIn(row, 'selector'),
    value: textIn(row, 'value', textIn(row, 'total')),
    shared: row['total'] !== undefined,
  };
}

function externalValue(row: JsonObject): ExternalValue {
  const labels = isJsonObject(row['labels']) ? row['labels'] : {};
  return {
    metric: textIn(row, 'metric'),
    namespace: row['namespace'] === undefined ? undefined : textIn(row, 'namespace'),
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
    value: textIn(row, 'value'),
  };
}

function textIn(row: JsonObject, key: string, otherwise = ''): string {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

/** What each of the pods is said to be at that a row is about. */
export function podValues(row: CustomValue, pods: readonly KubeObject[]): (readonly [pod: string, value: string])[] {
  const selector = parseSelector(row.selector);
  const own = pods.filter(
    ({ metadata }) =>
      (row.name === undefined || metadata.name === row.name) && matchesSelector(selector, metadata.labels),
  );
  const milli = quantityMilliValue(parseQuantity(row.value));
  const each = row.shared ? Math.round(milli / Math.max(1, own.length)) : milli;
  return own.map(({ metadata }) => [metadata.name ?? '', formatQuantity(milliQuantityOf(each))]);
}
