/** Formats by name, that texts are checked against. */
import {
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  labelKey,
  labelValue,
  nameIsLabel,
  nameIsSubdomain,
} from '../../api/names.js';
import { declared, member, overload } from '../declare.js';
import type { FunctionDeclaration, Library } from '../environment.js';
import { parseUrl } from '../parsers/url.js';
import { ArrayList } from '../run/collections.js';
import { readTimestamp } from '../run/times.js';
import { type CelType, listType, optionalType, STRING, structType } from '../types.js';
import { CelError, Opaque, Optional, type Value } from '../values.js';

const FORMAT = structType('kubernetes.NamedFormat');
const NONE = new Optional(undefined);

type Rule = (text: string) => string[];

class Format extends Opaque {
  readonly type: CelType = FORMAT;

  constructor(
    readonly rule: Rule,
    private readonly length: number,
  ) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof Format && other.rule === this.rule;
  }

  override get patternSize(): number {
    return this.length;
  }
}

function uri(text: string): string[] {
  const found = parseUrl(text);
  return found instanceof CelError ? [found.message] : [];
}

function by(pattern: RegExp, words: string): Rule {
  return (text) => (pattern.test(text) ? [] : [words]);
}

const DATE = (text: string) => readTimestamp(`${text}T00:00:00Z`) !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
const INSTANT = (text: string) => readTimestamp(text.replace(/t/, 'T').replace(/z$/, 'Z')) !== undefined;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;

/** A name that others are made of may end in a dash. */
const label1035Prefix: Rule = (text) => dns1035Label(text.replace(/-$/, 'a'));

/** Formats, and how long the patterns are that the server checks them with. */
const FORMATS: Readonly<Record<string, Format>> = {
  byte: new Format(by(BASE64, 'invalid base64'), 84),
  date: new Format((text) => (DATE(text) ? [] : ['invalid date']), 71),
  datetime: new Format((text) => (INSTANT(text) ? [] : ['invalid datetime']), 71),
  dns1035Label: new Format(dns1035Label, 30),
  dns1035LabelPrefix: new Format(label1035Prefix, 30),
  dns1123Label: new Format(dns1123Label, 30),
  dns1123LabelPrefix: new Format((text) => nameIsLabel(text, true), 30),
  dns1123Subdomain: new Format(dns1123Subdomain, 60),
  dns1123SubdomainPrefix: new Format((text) => nameIsSubdomain(text, true), 60),
  labelValue: new Format(labelValue, 40),
  qualifiedName: new Format(labelKey, 60),
  uri: new Format(uri, 1103),
  uuid: new Format(by(UUID, 'does not match the UUID format'), 70),
};

function constants(): Record<string, FunctionDeclaration> {
  const entries = Object.entries(FORMATS).map(
    ([name, format]) => [`format.${name}`, declared(overload(`format.${name}`, [], FORMAT, () => format))] as const,
  );
  return Object.fromEntries(entries);
}

function named(name: string): Value {
  return Object.hasOwn(FORMATS, name) ? new Optional(FORMATS[name]) : NONE;
}

function validate({ rule }: Format, text: string): Value {
  const wrong = rule(text);
  return wrong.length === 0 ? NONE : new Optional(new ArrayList(wrong));
}

/** Each format by a function of its own, and all by name. */
export const NAMED_FORMATS: Library = {
  ...constants(),
  'format.named': declared(overload('format-named', [STRING], optionalType(FORMAT), named)),
  validate: declared(member('format-validate', [FORMAT, STRING], optionalType(listType(STRING)), validate)),
};
