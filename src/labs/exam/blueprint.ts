import type { ContentFile } from '../content/content-file.js';
import { readContentFile } from '../content/content-file.js';
import type { Curriculum } from '../content/curriculum.js';
import type { Exams } from '../content/exam.js';
import type { Certification } from '../format/lab.js';
import { BLUEPRINT_SCHEMA } from './blueprint-schema.js';

/** By what an exam is drawn: how many tasks, how long, and how much each domain weighs. */
export interface Blueprint {
  /** `cka/mock` */
  readonly id: string;
  readonly title: string;
  readonly certification: Certification;
  readonly tasks: { readonly min: number; readonly max: number };
  readonly minutes: number;
  readonly passPercent: number;
  /** In the curriculum's order; the weights come to 100. */
  readonly domains: readonly { readonly name: string; readonly weight: number }[];
}

interface BlueprintFile {
  readonly metadata: { readonly name: string; readonly title: string };
  readonly spec: {
    readonly certification: Certification;
    readonly tasks: { readonly min: number; readonly max: number };
    readonly minutes?: number;
    readonly pass_percent?: number;
    readonly domains?: Readonly<Record<string, number>>;
  };
}

/** What a blueprint falls back on. */
export interface ExamFacts {
  readonly curriculum: Curriculum;
  readonly exams: Exams;
}

/** Reads the text of a blueprint. `file` is the name used in problems. */
export function readBlueprint(file: string, source: string, facts: ExamFacts): ContentFile<Blueprint> {
  const wrong = (blueprint: BlueprintFile): { path: string; message: string }[] => inconsistencies(blueprint, facts);
  const read = readContentFile<BlueprintFile>(file, source, BLUEPRINT_SCHEMA, wrong);
  return read.value ? { value: blueprintOf(read.value, facts), problems: [] } : read;
}

function blueprintOf({ metadata, spec }: BlueprintFile, facts: ExamFacts): Blueprint {
  const { certification, tasks, minutes, pass_percent, domains } = spec;
  const exam = facts.exams[certification];
  return {
    id: `${certification}/${metadata.name}`,
    title: metadata.title,
    certification,
    tasks,
    minutes: minutes ?? exam.minutes,
    passPercent: pass_percent ?? exam.pass_percent,
    domains: domainsOf(certification, facts).map(({ name, weight }) => ({
      name,
      weight: domains ? (domains[name] ?? 0) : weight,
    })),
  };
}

function domainsOf(certification: Certification, { curriculum }: ExamFacts): Curriculum['domains'] {
  return curriculum.domains.filter((domain) => domain.certification === certification);
}

function inconsistencies({ spec }: BlueprintFile, facts: ExamFacts): { path: string; message: string }[] {
  const { tasks, domains = {}, certification } = spec;
  const names = domainsOf(certification, facts).map(({ name }) => name);
  const total = Object.values(domains).reduce((sum, weight) => sum + weight, 0);
  return [
    ...(tasks.min <= tasks.max ? [] : [{ path: 'spec/tasks/max', message: `must be at least min, ${tasks.min}` }]),
    ...Object.keys(domains)
      .filter((name) => !names.includes(name))
      .map((name) => ({
        path: `spec/domains/${name}`,
        message: `the curriculum of ${certification} has no such domain; it has ${names.join(', ')}`,
      })),
    ...(spec.domains === undefined || total === 100
      ? []
      : [{ path: 'spec/domains', message: `the weights come to ${total}; they must come to 100` }]),
  ];
}
