/** Everything that steers a terminal but tab and newline, and what turns the direction of the text around it. */
const STEERING = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
/** Colours, as we paint them ourselves; they move nothing. */
const COLOUR = /(\x1b\[[0-9;]*m)/;

/**
 * Text of a cluster, of content, of a file's name, as it may be printed: what would steer a terminal is written as in
 * JSON (`\u001b`), so that it can be seen and does nothing.
 */
export function harmless(text: string): string {
  return text.replace(STEERING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The same for a text that is painted already. */
export function harmlessPainted(text: string): string {
  return text
    .split(COLOUR)
    .map((part, index) => (index % 2 === 1 ? part : harmless(part)))
    .join('');
}
