import type { Certification } from '../format/lab.js';

/** What a new lab is to be. */
export interface NewLab {
  readonly name: string;
  readonly certification: Certification;
  /** The template's own when left out. */
  readonly domain?: string | undefined;
  readonly world?: string | undefined;
}

/** How names of labs look, in their file and as their file's. */
export const LAB_NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** Makes a template's text that of a new lab. Throws where the template lacks a line that changes: a defect of ours. */
export function fillTemplate(template: string, { name, domain, world }: NewLab): string {
  const named = replaced(template, /^( {2}name: )\S+/m, name);
  const based = world === undefined ? named : replaced(named, /^( {4}base: )\S+/m, world);
  if (domain === undefined || based.includes(`\n  domain: ${domain} `)) return based;
  // The types of task are those of the domain before.
  return replaced(based, /^( {2}domain: ).*$/m, domain).replace(/^ {2}types: .*\n/m, '');
}

/** Puts a value behind what the first group of a line holds. Throws where there is no such line. */
export function replaced(text: string, line: RegExp, value: string): string {
  if (!line.test(text)) throw new Error(`the template has no line ${line.source}`);
  return text.replace(line, (_, key: string) => `${key}${value}`);
}
