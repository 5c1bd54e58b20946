// Where the network looks: to what size an image is brought, and which window of it is kept.

import type { Window } from './resample.js';

export type Size = readonly [height: number, width: number];

/** How an image comes to the size that the network sees. */
export interface Framing {
  /** What the network sees. */
  readonly size: Size;
  /** `squash`: to `resizeTo`, whatever the proportions; `shortest-side`: keep them, make the shorter side `resizeTo`. */
  readonly resize: 'squash' | 'shortest-side';
  readonly resizeTo: Size | number;
  /** An odd margin around the crop is halved as torchvision does (`half-even`) or as transformers does (`floor`). */
  readonly cropRounding: 'half-even' | 'floor';
}

/**
 * Place the window that the network sees in the resized image.
 *
 * @param image   Size of the image.
 * @param framing How it is brought to the size that the network sees.
 * @returns Size to resize to, and the centred window to keep of it.
 * @source torchvision `Resize` (the longer side is rounded down) and `CenterCrop`.
 */
export function frameImage(image: Size, framing: Framing): { size: Size; window: Window } {
  const size = findResized(image, framing);
  const [height, width] = framing.size;
  const halve = framing.cropRounding === 'floor' ? halveDown : halveToEven;
  return { size, window: { top: halve(size[0] - height), left: halve(size[1] - width), height, width } };
}

function findResized([height, width]: Size, { resize, resizeTo }: Framing): Size {
  if (typeof resizeTo !== 'number') return resizeTo;
  if (resize === 'squash') return [resizeTo, resizeTo];
  return height <= width
    ? [resizeTo, Math.trunc((resizeTo * width) / height)]
    : [Math.trunc((resizeTo * height) / width), resizeTo];
}

const halveDown = (margin: number) => Math.floor(margin / 2);

/** Python's `round(margin / 2)`: a half goes to the even neighbour. */
function halveToEven(margin: number): number {
  const down = Math.floor(margin / 2);
  return margin % 2 !== 0 && down % 2 !== 0 ? down + 1 : down;
}
