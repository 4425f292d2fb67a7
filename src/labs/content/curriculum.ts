import type { Certification } from '../format/lab.js';
import { type ContentFile, readContentFile } from './content-file.js';
import { CURRICULUM_SCHEMA, type NEEDS } from './curriculum-schema.js';
import { shippedFile } from './shipped-file.js';

/** What a task's world may have to offer; said in words by `NEEDS`. */
export type Need = keyof typeof NEEDS;

/** A type of task as exams have it, by an id that labs name (`C17`). */
export interface TaskType {
  readonly id: string;
  readonly certification: Certification;
  readonly domain: string;
  /** What the learner has to do: one sentence without a full stop. */
  readonly does: string;
  readonly needs: readonly Need[];
  /** How likely it is beside the other types of its domain. */
  readonly weight: number;
}

/** A domain of an exam and its share of the points, in per cent. */
export interface Domain {
  readonly certification: Certification;
  readonly name: string;
  readonly weight: number;
  readonly competencies: readonly string[];
}

/** What the exams ask. Domains are in the file's order, which is the curricula's own by weight. */
export interface Curriculum {
  readonly domains: readonly Domain[];
  /** By id; the ids of different certifications differ. */
  readonly types: ReadonlyMap<string, TaskType>;
}

interface DomainInFile {
  readonly name: string;
  readonly weight: number;
  readonly competencies: readonly string[];
  readonly types: Readonly<Record<string, { does: string; weight: number; needs?: readonly Need[] }>>;
}

interface CurriculumFile {
  readonly certifications: Readonly<Record<Certification, { readonly domains: readonly DomainInFile[] }>>;
}

/** The letter that the ids of a certification's types begin with. */
const LETTERS: Readonly<Record<Certification, string>> = { cka: 'C', ckad: 'D', cks: 'S' };

/** Reads the text of a curriculum's file. `file` is the name used in problems. */
export function readCurriculum(file: string, source: string): ContentFile<Curriculum> {
  const read = readContentFile<CurriculumFile>(file, source, CURRICULUM_SCHEMA, inconsistencies);
  return read.value ? { value: curriculumOf(read.value), problems: [] } : read;
}

/** The curriculum that ships with the program, read once. Throws when its file is missing or broken. */
export const curriculum: () => Curriculum = shippedFile('curriculum.yaml', readCurriculum);

function curriculumOf({ certifications }: CurriculumFile): Curriculum {
  const domains: Domain[] = [];
  const types = new Map<string, TaskType>();
  for (const [certification, known] of entries(certifications)) {
    for (const { types: listed, ...domain } of known.domains) {
      domains.push({ certification, ...domain });
      for (const [id, { needs = [], ...type }] of Object.entries(listed))
        types.set(id, { id, certification, domain: domain.name, needs, ...type });
    }
  }
  return { domains, types };
}

function inconsistencies({ certifications }: CurriculumFile): { path: string; message: string }[] {
  return entries(certifications).flatMap(([certification, { domains }]) => {
    const path = `certifications/${certification}/domains`;
    const total = domains.reduce((sum, { weight }) => sum + weight, 0);
    const weights = total === 100 ? [] : [{ path, message: `the weights come to ${total}; they must come to 100` }];
    return [...weights, ...domains.flatMap((domain, index) => wrongTypes(certification, domains, domain, path, index))];
  });
}

function wrongTypes(
  certification: Certification,
  domains: readonly DomainInFile[],
  { name, types }: DomainInFile,
  path: string,
  index: number,
): { path: string; message: string }[] {
  const before = domains.slice(0, index);
  const twin = before.some((other) => other.name === name)
    ? [{ path: `${path}/${index}/name`, message: `another domain of ${certification} is called "${name}"` }]
    : [];
  const wrong = Object.keys(types).flatMap((id) => {
    const at = `${path}/${index}/types/${id}`;
    const letter = LETTERS[certification];
    if (!/^[A-Z]\d{2,3}$/.test(id) || !id.startsWith(letter))
      return [{ path: at, message: `the ids of ${certification} are ${letter} and a number, such as ${letter}01` }];
    const other = before.find((one) => id in one.types);
    return other ? [{ path: at, message: `"${other.name}" has a type ${id} too; an id names one type` }] : [];
  });
  return [...twin, ...wrong];
}

const entries = <Value>(record: Readonly<Record<Certification, Value>>): [Certification, Value][] =>
  Object.entries(record) as [Certification, Value][];
