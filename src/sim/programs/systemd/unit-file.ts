/** One assignment of a unit file, in the order written. */
export interface Assignment {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** A line that systemd does not understand; it logs a warning and goes on. */
export interface Complaint {
  readonly line: number;
  readonly message: string;
}

/** Reads a unit file's text: sections, `Key=value` lines, comments, and lines continued by a final backslash. */
export function parseUnitFile(text: string): { assignments: Assignment[]; complaints: Complaint[] } {
  const assignments: Assignment[] = [];
  const complaints: Complaint[] = [];
  let section = '';
  for (const { line, text: content } of logicalLines(text)) {
    const heading = /^\[(.+)\]$/.exec(content);
    const equals = content.indexOf('=');
    if (heading) section = heading[1] ?? '';
    else if (content.startsWith('[')) complaints.push({ line, message: `Invalid section header '${content}'` });
    else if (equals < 0) complaints.push({ line, message: "Missing '=', ignoring line." });
    else if (section === '') complaints.push({ line, message: 'Assignment outside of section. Ignoring.' });
    else {
      assignments.push({ section, key: content.slice(0, equals).trim(), value: content.slice(equals + 1).trim() });
    }
  }
  return { assignments, complaints };
}

function* logicalLines(text: string): Iterable<{ line: number; text: string }> {
  let pending: { line: number; text: string } | undefined;
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const trimmed = raw.trim();
    if (pending === undefined && (trimmed === '' || /^[#;]/.test(trimmed))) continue;
    // A comment between continued lines is left out without ending them.
    if (pending !== undefined && /^[#;]/.test(trimmed)) continue;
    const whole: { line: number; text: string } = {
      line: pending?.line ?? line,
      text: (pending?.text ?? '') + trimmed,
    };
    if (whole.text.endsWith('\\')) pending = { line: whole.line, text: `${whole.text.slice(0, -1)} ` };
    else {
      pending = undefined;
      if (whole.text !== '') yield whole;
    }
  }
  if (pending) yield pending;
}

/** A unit's settings: its file and its drop-ins read one after another. */
export class Settings {
  private readonly assignments: readonly Assignment[];

  constructor(assignments: readonly Assignment[]) {
    this.assignments = assignments;
  }

  /** All values of a list setting; an empty assignment forgets those before it. */
  list(section: string, key: string): string[] {
    let values: string[] = [];
    for (const assignment of this.assignments) {
      if (assignment.section !== section || assignment.key !== key) continue;
      if (assignment.value === '') values = [];
      else values.push(assignment.value);
    }
    return values;
  }

  /** The last value of a setting; undefined when it is not set or was emptied. */
  get(section: string, key: string): string | undefined {
    return this.list(section, key).at(-1);
  }

  /** The names in a list of units, such as `After=`. */
  words(section: string, key: string): string[] {
    return this.list(section, key).flatMap((value) => value.split(/\s+/));
  }

  flag(section: string, key: string, otherwise: boolean): boolean {
    const value = this.get(section, key)?.toLowerCase();
    if (value === undefined) return otherwise;
    return ['1', 'yes', 'y', 'true', 't', 'on'].includes(value);
  }

  has(section: string): boolean {
    return this.assignments.some((assignment) => assignment.section === section);
  }
}
