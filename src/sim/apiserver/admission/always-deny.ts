import type { Admission } from './admission.js';
import { refusal } from './refusal.js';

const WHY = 'admission control is denying all modifications';

/** Lets nothing pass. */
export const ALWAYS_DENY: Admission = {
  name: 'AlwaysDeny',
  mutate(request) {
    throw refusal(request, WHY);
  },
  validate(request) {
    throw refusal(request, WHY);
  },
};
