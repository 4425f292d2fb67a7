const OFFSET = /^([-Z])07(:?)(?:00)?(?::?(00))?$/;

/** Whether a piece of a layout stands for how far a zone is ahead of UTC. */
export function isOffsetPart(part: string): boolean {
  return OFFSET.test(part);
}

/** How far a zone is ahead of UTC, in the form of a piece of a layout: `-0700`, `Z07:00`. */
export function formatOffset(part: string, secondsAhead: number): string {
  if (part.startsWith('Z') && secondsAhead === 0) return 'Z';
  const size = Math.abs(secondsAhead);
  const colon = part.includes(':') ? ':' : '';
  const fields = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const count = part.replaceAll(':', '').length / 2 - 0.5;
  const shown = fields.slice(0, count).map((field) => String(field).padStart(2, '0'));
  return (secondsAhead < 0 ? '-' : '+') + shown.join(colon);
}
