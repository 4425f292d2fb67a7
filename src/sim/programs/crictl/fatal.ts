/** A mistake crictl ends with: `FATA[0000] …`. */
export class Fatal extends Error {}
