import type { Certification } from '../format/lab.js';
import { type NewLab, replaced } from './scaffold.js';

/** What the templates of lessons and cards are about is asked by every exam, each in a domain of its own. */
const SUBJECTS: Readonly<Record<Certification, { readonly domain: string; readonly type: string }>> = {
  cka: { domain: 'Cluster architecture, installation and configuration', type: 'C02' },
  ckad: { domain: 'Application environment, configuration and security', type: 'D76' },
  cks: { domain: 'Cluster hardening', type: 'S22' },
};

/** Makes the template of a lesson a new lesson. Throws where the template lacks a line that changes: a defect of ours. */
export function fillLesson(template: string, { name, certification, domain, world }: NewLab): string {
  const subject = SUBJECTS[certification];
  const lesson = withWorld(forExam(template, { name, certification }), world);
  if (domain === undefined || domain === subject.domain)
    return replaced(
      replaced(lesson, /^( {2}domain: )[^#\n]*(?= {3}#)/m, subject.domain),
      /^( {2}types: )\S+/m,
      `[${subject.type}]`,
    );
  // The types of task are those of the domain before.
  return replaced(lesson, /^( {2}domain: ).*$/m, domain).replace(/^ {2}types: .*\n/m, '');
}

/** Makes the template of cards a new deck. Throws where the template lacks a line that changes. */
export function fillDeck(template: string, { name, certification }: Pick<NewLab, 'name' | 'certification'>): string {
  const types = `$1[${SUBJECTS[certification].type}]`;
  return forExam(template, { name, certification }).replace(/^( {6}types: )\[\w+\]/gm, types);
}

function forExam(template: string, { name, certification }: Pick<NewLab, 'name' | 'certification'>): string {
  return replaced(replaced(template, /^( {2}name: )\S+/m, name), /^( {2}certification: )\w+/m, certification);
}

function withWorld(text: string, world: string | undefined): string {
  return world === undefined ? text : replaced(text, /^( {4}base: )\S+/m, world);
}
