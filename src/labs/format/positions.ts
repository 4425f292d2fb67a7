import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';

/** Which line of a source each field stands on, by the field's path (`spec/checks/0/points`). */
export type Positions = ReadonlyMap<string, number>;

interface Frame {
  readonly path: string;
  readonly kind: 'document' | 'mapping' | 'sequence';
  index: number;
  key: string | undefined;
}

/** A key or a value of a file: what it says, whatever it stands for, and on which line it begins, counted from 1. */
export interface Scalar {
  /** `spec/checks/0/id`; of a key, the path of what it is the key of. */
  readonly path: string;
  readonly text: string;
  readonly line: number;
  readonly isKey: boolean;
}

/** Where everything in a YAML source stands. */
export interface SourceMap {
  readonly positions: Positions;
  readonly scalars: readonly Scalar[];
  /** The line of a place in the source, counted from 1. */
  lineAt(offset: number): number;
}

/** The line, counted from 1, of every field in a YAML source that was parsed into these events. */
export function fieldPositions(source: string, events: readonly Event[]): Positions {
  return mapSource(source, events).positions;
}

/** Finds the line of every field in a YAML source that was parsed into these events, and its scalars. */
export function mapSource(source: string, events: readonly Event[]): SourceMap {
  const lineAt = lineFinder(source);
  const positions = new Map<string, number>();
  const scalars: Scalar[] = [];
  const stack: Frame[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      stack.pop();
      continue;
    }
    const parent = stack.at(-1);
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ path: '', kind: 'document', index: 0, key: undefined });
      continue;
    }
    const offset =
      event.type === EVENT_ID.SCALAR
        ? event.valueStart
        : event.type === EVENT_ID.ALIAS
          ? event.anchorStart
          : event.start;
    if (parent?.kind === 'mapping' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(source, event) : '?';
      const [path, line] = [join(parent.path, parent.key), lineAt(offset)];
      positions.set(path, line);
      if (event.type === EVENT_ID.SCALAR) scalars.push({ path, text: parent.key, line, isKey: true });
      if (event.type === EVENT_ID.SCALAR || event.type === EVENT_ID.ALIAS) continue;
    }
    const path = childPath(parent);
    if (!positions.has(path)) positions.set(path, lineAt(offset));
    if (event.type === EVENT_ID.SCALAR)
      scalars.push({ path, text: getScalarValue(source, event), line: lineAt(offset), isKey: false });
    if (event.type === EVENT_ID.MAPPING) stack.push({ path, kind: 'mapping', index: 0, key: undefined });
    else if (event.type === EVENT_ID.SEQUENCE) stack.push({ path, kind: 'sequence', index: 0, key: undefined });
  }
  return { positions, scalars, lineAt };
}

/** The path of the value that comes next in a frame; moves the frame on. */
function childPath(frame: Frame | undefined): string {
  if (!frame || frame.kind === 'document') return '';
  if (frame.kind === 'sequence') {
    frame.index += 1;
    return join(frame.path, String(frame.index - 1));
  }
  const path = join(frame.path, frame.key ?? '?');
  frame.key = undefined;
  return path;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

/** Finds lines of places in a text. */
export function lineFinder(source: string): (offset: number) => number {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

/** The line of a field, or of the nearest one around it. */
export function lineOf(positions: Positions, path: string): number | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const line = positions.get(at);
    if (line !== undefined || at === '') return line;
  }
}

/** `spec/checks/0/points` as people write it: `spec.checks[0].points`. */
export function fieldName(path: string): string {
  return path
    .split('/')
    .map((part, index) => (/^\d+$/.test(part) ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}
