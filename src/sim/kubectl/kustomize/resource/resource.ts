import { compactJson } from '../../../api/yaml/json-writer.js';
import { printYaml } from '../../../api/yaml/print.js';
import { clearField, fieldOf, fieldOrNew, setField, setStrings, stringsOf } from '../tree/fields.js';
import { copyNode, emptyNode, isEmpty, type Node, scalar, stringNode } from '../tree/node.js';
import { toValue } from '../tree/values.js';
import { apiVersionOf, effectiveNamespace, type Gvk, gvkOf, type ResourceId } from './resource-id.js';

const DOMAIN = 'internal.config.kubernetes.io';

/** Annotations kustomize keeps its own notes in while it builds. */
export const NOTES = {
  previousKinds: `${DOMAIN}/previousKinds`,
  previousNames: `${DOMAIN}/previousNames`,
  previousNamespaces: `${DOMAIN}/previousNamespaces`,
  prefixes: `${DOMAIN}/prefixes`,
  suffixes: `${DOMAIN}/suffixes`,
  referredBy: `${DOMAIN}/refBy`,
  behavior: `${DOMAIN}/generatorBehavior`,
  needsHash: `${DOMAIN}/needsHashSuffix`,
  allowNameChange: `${DOMAIN}/allowNameChange`,
  allowKindChange: `${DOMAIN}/allowKindChange`,
} as const;

/** Beside them, notes of readers that kustomize takes away too. */
const ALL_NOTES: readonly string[] = [
  ...Object.values(NOTES),
  ...['path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id'].map((name) => `${DOMAIN}/${name}`),
  ...['path', 'index', 'id'].map((name) => `config.kubernetes.io/${name}`),
  'internal.config.kubernetes.io/helm-generated',
];

/** One object on its way through kustomize: its tree, and what it was called before. */
export class Resource {
  /** Names of the vars that read from it. */
  vars: string[] = [];

  constructor(public node: Node) {}

  get kind(): string {
    return fieldOf(this.node, 'kind')?.value ?? '';
  }

  set kind(kind: string) {
    setField(this.node, 'kind', scalar(kind));
  }

  get apiVersion(): string {
    return fieldOf(this.node, 'apiVersion')?.value ?? '';
  }

  get gvk(): Gvk {
    return gvkOf(this.apiVersion, this.kind);
  }

  set gvk(gvk: Gvk) {
    this.kind = gvk.kind;
    setField(this.node, 'apiVersion', scalar(apiVersionOf(gvk)));
  }

  get name(): string {
    return this.metaText('name');
  }

  set name(name: string) {
    setField(fieldOrNew(this.node, 'metadata', 'mapping'), 'name', scalar(name));
  }

  get namespace(): string {
    return this.metaText('namespace');
  }

  set namespace(namespace: string) {
    const metadata = fieldOf(this.node, 'metadata');
    if (namespace !== '') setField(fieldOrNew(this.node, 'metadata', 'mapping'), 'namespace', scalar(namespace));
    else if (metadata) clearField(metadata, 'namespace');
  }

  private metaText(field: string): string {
    const value = fieldOf(fieldOf(this.node, 'metadata'), field);
    return value === undefined || isEmpty(value) ? '' : value.value;
  }

  /** Labels as text. */
  get labels(): Record<string, string> {
    return stringsOf(fieldOf(fieldOf(this.node, 'metadata'), 'labels'));
  }

  set labels(labels: Readonly<Record<string, string>>) {
    setStrings(fieldOrNew(this.node, 'metadata', 'mapping'), 'labels', labels);
  }

  /** Annotations as text, notes among them. */
  get annotations(): Record<string, string> {
    return stringsOf(fieldOf(fieldOf(this.node, 'metadata'), 'annotations'));
  }

  set annotations(annotations: Readonly<Record<string, string>>) {
    setStrings(fieldOrNew(this.node, 'metadata', 'mapping'), 'annotations', annotations);
  }

  /** What it is called now. */
  get id(): ResourceId {
    return { ...this.gvk, name: this.name, namespace: this.namespace };
  }

  /** What it was called at first. */
  get originalId(): ResourceId {
    return this.previousIds[0] ?? this.id;
  }

  /** What it was called before, oldest first. */
  get previousIds(): ResourceId[] {
    const notes = this.annotations;
    const names = notes[NOTES.previousNames]?.split(',') ?? [];
    const namespaces = notes[NOTES.previousNamespaces]?.split(',') ?? [];
    const kinds = notes[NOTES.previousKinds]?.split(',') ?? [];
    return names.map((name, at) => ({
      ...this.gvk,
      kind: kinds[at] ?? '',
      name,
      namespace: namespaces[at] ?? '',
    }));
  }

  /** Notes what it is called, before that changes. */
  storePreviousId(): void {
    const { id } = this;
    this.appendNote(NOTES.previousNames, id.name);
    this.appendNote(NOTES.previousNamespaces, effectiveNamespace(id));
    this.appendNote(NOTES.previousKinds, id.kind);
  }

  /** Adds a word to a note; nothing for an empty word. */
  appendNote(note: string, word: string): void {
    if (word === '') return;
    const list = this.noted(note);
    const metadata = fieldOrNew(this.node, 'metadata', 'mapping');
    setField(fieldOrNew(metadata, 'annotations', 'mapping'), note, stringNode([...list, word].join(',')));
  }

  /** The words of a note. */
  noted(note: string): string[] {
    return this.annotations[note]?.split(',') ?? [];
  }

  /** Turns a note on. */
  enable(note: string): void {
    this.annotations = { ...this.annotations, [note]: 'enabled' };
  }

  isEnabled(note: string): boolean {
    return this.annotations[note] === 'enabled';
  }

  /** Takes all notes away. */
  removeNotes(): void {
    const annotations = this.annotations;
    if (Object.keys(annotations).length === 0) return;
    this.annotations = Object.fromEntries(Object.entries(annotations).filter(([key]) => !ALL_NOTES.includes(key)));
  }

  /** Whether it was deleted. */
  get isGone(): boolean {
    return isEmpty(this.node);
  }

  /** Deletes it. */
  remove(): void {
    this.node = emptyNode('mapping');
  }

  copy(): Resource {
    const copy = new Resource(copyNode(this.node));
    copy.vars = [...this.vars];
    return copy;
  }

  /** As JSON, for messages. */
  toJson(): string {
    return compactJson(toValue(this.node));
  }

  /** As YAML. Throws KustomizeError when it cannot be JSON. */
  toYaml(): string {
    return printYaml(toValue(this.node));
  }
}
