/** The lab screen, and what lies over it. */
export const LAB = {
  'lab.small': 'small: 60×20 shows more',
  'lab.seed': 'seed {seed}',
} as const;
