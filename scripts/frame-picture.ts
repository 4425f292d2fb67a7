/**
 * `node scripts/run.mjs scripts/frame-picture.ts < FRAME > PICTURE.svg`: draws a frame, text with SGR sequences as a
 * terminal gets it (`tmux capture-pane -ep` gives one), as a picture.
 */
import { readFileSync } from 'node:fs';

const CELL = { width: 8.4, height: 18 };
const PADDING = 14;
const BACKGROUND = '#14181d';
const FOREGROUND = '#d5dae0';
const COLOURS = ['#2b3138', '#e06c75', '#8fce72', '#e5c07b', '#61a8ef', '#c678dd', '#4fc3cf', '#d5dae0'];
const BRIGHT = ['#7d8793', '#ff8a93', '#aee88f', '#ffd98f', '#8cc4ff', '#e09cf2', '#7fe3ee', '#ffffff'];

interface Pen {
  bold: boolean;
  dim: boolean;
  inverse: boolean;
  underline: boolean;
  colour: string | undefined;
  ground: string | undefined;
}

const plain = (): Pen => ({
  bold: false,
  dim: false,
  inverse: false,
  underline: false,
  colour: undefined,
  ground: undefined,
});

function apply(pen: Pen, parameters: string): Pen {
  let next = { ...pen };
  for (const code of parameters.split(';').map(Number)) {
    if (code === 0) next = plain();
    else if (code === 1) next.bold = true;
    else if (code === 2) next.dim = true;
    else if (code === 4) next.underline = true;
    else if (code === 7) next.inverse = true;
    else if (code === 22) next.bold = next.dim = false;
    else if (code === 24) next.underline = false;
    else if (code === 27) next.inverse = false;
    else if (code >= 30 && code < 38) next.colour = COLOURS[code - 30];
    else if (code >= 90 && code < 98) next.colour = BRIGHT[code - 90];
    else if (code === 39) next.colour = undefined;
    else if (code >= 40 && code < 48) next.ground = COLOURS[code - 40];
    else if (code === 49) next.ground = undefined;
  }
  return next;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function span(text: string, pen: Pen, column: number, row: number): string {
  const x = PADDING + column * CELL.width;
  const y = PADDING + row * CELL.height;
  const fill = pen.inverse ? (pen.ground ?? BACKGROUND) : (pen.colour ?? FOREGROUND);
  const ground = pen.inverse ? (pen.colour ?? FOREGROUND) : pen.ground;
  const width = [...text].length * CELL.width;
  const parts: string[] = [];
  if (ground) parts.push(`<rect x="${x}" y="${y}" width="${width}" height="${CELL.height}" fill="${ground}"/>`);
  if (text.trim() !== '') {
    const look = [
      `fill="${fill}"`,
      ...(pen.bold ? ['font-weight="bold"'] : []),
      ...(pen.dim ? ['opacity="0.6"'] : []),
      ...(pen.underline ? ['text-decoration="underline"'] : []),
    ].join(' ');
    parts.push(
      `<text x="${x}" y="${y + 13}" textLength="${width}" xml:space="preserve" ${look}>${escaped(text)}</text>`,
    );
  }
  return parts.join('');
}

/** A frame as an SVG picture. */
function picture(frame: string): string {
  const rows = frame.replace(/\n+$/, '').split('\n');
  const shapes: string[] = [];
  let columns = 0;
  for (const [row, line] of rows.entries()) {
    let pen = plain();
    let column = 0;
    for (const piece of line.split(/(\x1b\[[0-9;]*m)/)) {
      const sgr = /^\x1b\[([0-9;]*)m$/.exec(piece);
      if (sgr) pen = apply(pen, sgr[1] === '' ? '0' : (sgr[1] as string));
      else if (piece !== '') {
        shapes.push(span(piece, pen, column, row));
        column += [...piece].length;
      }
    }
    columns = Math.max(columns, column);
  }
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = rows.length * CELL.height + 2 * PADDING;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>
${shapes.filter((shape) => shape !== '').join('\n')}
</svg>
`;
}

process.stdout.write(picture(readFileSync(0, 'utf8')));
