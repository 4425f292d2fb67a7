import { LineView } from './render.js';

/**
 * On a terminal whose echo was off before bash came (`stty -echo`), readline shows the prompt and nothing of what is
 * typed.
 */
export class HiddenLineView extends LineView {
  override update(): string {
    return '';
  }

  override redraw(): string {
    return '';
  }

  override finish(): string {
    return '';
  }
}
