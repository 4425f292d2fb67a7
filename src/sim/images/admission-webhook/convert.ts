import { isJsonObject, type JsonObject } from '../../api/object.js';
import { setField } from '../../api/set-field.js';
import { conversionText } from './broken-conversions.js';
import type { Conversion } from './conversions.js';
import type { ReviewAnswer } from './review.js';
import { spanMillis } from './rules.js';

interface ConversionRequest {
  uid?: string;
  desiredAPIVersion?: string;
  objects?: JsonObject[];
}

interface Followed {
  readonly followed: Set<string>;
  delayMillis: number;
  failed: string | undefined;
  last: Conversion | undefined;
}

/** Answers a ConversionReview that came to a path; undefined for what is no such review. */
export function answerConversion(
  conversions: readonly Conversion[],
  path: string,
  review: unknown,
): ReviewAnswer | undefined {
  if (!isJsonObject(review) || review['kind'] !== 'ConversionReview' || !isJsonObject(review['request'])) {
    return undefined;
  }
  const request = review['request'] as ConversionRequest;
  const state: Followed = { followed: new Set(), delayMillis: 0, failed: undefined, last: undefined };
  const objects = (request.objects ?? []).map((object) =>
    convert(conversions, path.replace(/\?.*$/, ''), object, request.desiredAPIVersion ?? '', state),
  );
  const { delayMillis, failed, followed, last } = state;
  const { uid, desiredAPIVersion } = request;
  const done = `objects=${objects.length} rules=${JSON.stringify([...followed])}`;
  const about = { delayMillis, line: `"Converted" uid="${uid}" desiredAPIVersion="${desiredAPIVersion}" ${done}` };
  if (last?.status !== undefined) {
    return { status: last.status, contentType: 'text/plain', body: last.body ?? '', ...about };
  }
  const head = { kind: 'ConversionReview', apiVersion: String(review['apiVersion']) };
  const body = conversionText({ head, response: responseOf(request, objects, failed), objects }, last?.broken);
  return { status: 200, contentType: 'application/json', body, ...about };
}

/** One object by all conversions that are for it, in order. */
function convert(
  conversions: readonly Conversion[],
  path: string,
  given: JsonObject,
  wanted: string,
  state: Followed,
): JsonObject {
  const object = structuredClone(given);
  const from = String(given['apiVersion']);
  object['apiVersion'] = wanted;
  conversions.forEach((one, index) => {
    const { path: at, kinds, from: source, to: target } = one.match ?? {};
    if (at !== undefined && at !== path) return;
    if (kinds && !kinds.includes(String(given['kind']))) return;
    if (!isVersion(source, from) || !isVersion(target, wanted)) return;
    state.followed.add(one.name ?? `conversions[${index}]`);
    if (one.delay !== undefined) state.delayMillis += spanMillis(one.delay, index, 'conversions');
    if (one.fail !== undefined) state.failed ??= one.fail;
    if (one.status !== undefined || one.broken !== undefined) state.last = one;
    change(object, one);
  });
  return object;
}

/** `v1` and `example.com/v1` both name a version. */
function isVersion(pattern: string | undefined, apiVersion: string): boolean {
  return pattern === undefined || pattern === apiVersion || apiVersion.endsWith(`/${pattern}`);
}

function change(object: JsonObject, { move, split, join, remove, defaults, set }: Conversion): void {
  for (const [from, to] of Object.entries(move ?? {})) {
    const value = take(object, from);
    if (value !== undefined) put(object, to, value);
  }
  if (split) {
    const value = take(object, split.from);
    if (value !== undefined) {
      String(value)
        .split(split.by)
        .forEach((part, index) => {
          const to = split.to[index];
          if (to !== undefined) put(object, to, part);
        });
    }
  }
  if (join) {
    const parts = join.from.map((path) => take(object, path));
    if (parts.some((part) => part !== undefined)) put(object, join.to, parts.map((part) => part ?? '').join(join.by));
  }
  for (const path of remove ?? []) take(object, path);
  for (const [path, value] of Object.entries(defaults ?? {})) {
    if (valueAt(object, path.split('.')) === undefined) put(object, path, value);
  }
  for (const field of ['labels', 'annotations'] as const) {
    for (const [key, value] of Object.entries(set?.[field] ?? {})) putAt(object, ['metadata', field, key], value);
  }
}

function valueAt(object: JsonObject, names: readonly string[]): unknown {
  let value: unknown = object;
  for (const name of names) value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

/** Takes the field at `spec.host` out and gives what it was. */
function take(object: JsonObject, path: string): unknown {
  const names = path.split('.');
  const last = names.pop() as string;
  const holder = valueAt(object, names);
  if (!isJsonObject(holder) || !Object.hasOwn(holder, last)) return undefined;
  const value = holder[last];
  delete holder[last];
  return value;
}

function put(object: JsonObject, path: string, value: unknown): void {
  putAt(object, path.split('.'), value);
}

function putAt(object: JsonObject, names: readonly string[], value: unknown): void {
  let holder = object;
  for (const name of names.slice(0, -1)) {
    const inner = Object.hasOwn(holder, name) ? holder[name] : undefined;
    if (isJsonObject(inner)) holder = inner;
    else {
      const made: JsonObject = {};
      setField(holder, name, made);
      holder = made;
    }
  }
  setField(holder, names.at(-1) as string, value);
}

function responseOf({ uid }: ConversionRequest, objects: JsonObject[], failed: string | undefined): JsonObject {
  if (failed !== undefined) return { uid, result: { status: 'Failure', message: failed } };
  return { uid, result: { status: 'Success' }, convertedObjects: objects };
}
