import { splitFields } from './patterns.js';
import type { Scalar } from './values.js';
import { fromInput, toText } from './values.js';

/** The current record and its fields; each is made from the other when it is needed. */
export class CurrentRecord {
  private text: string | undefined = '';
  private fields: Scalar[] | undefined = [];

  constructor(private readonly settings: { fs(): string; ofs(): string; convert(): string; paragraphs(): boolean }) {}

  /** A new record. */
  set(text: string): void {
    this.text = text;
    this.fields = undefined;
  }

  get count(): number {
    return this.split().length;
  }

  /** NF was assigned. */
  resize(count: number): void {
    const fields = this.split();
    while (fields.length < count) fields.push(undefined);
    fields.length = count;
    this.text = undefined;
  }

  get(index: number): Scalar {
    if (index === 0) return fromInput(this.whole());
    return this.split()[index - 1];
  }

  put(index: number, value: Scalar): void {
    if (index === 0) {
      this.set(toText(value, this.settings.convert()));
      return;
    }
    const fields = this.split();
    while (fields.length < index) fields.push(undefined);
    fields[index - 1] = value;
    this.text = undefined;
  }

  whole(): string {
    this.text ??= (this.fields ?? []).map((field) => toText(field, this.settings.convert())).join(this.settings.ofs());
    return this.text;
  }

  private split(): Scalar[] {
    this.fields ??= splitFields(this.whole(), this.settings.fs(), this.settings.paragraphs()).map(fromInput);
    return this.fields;
  }
}
