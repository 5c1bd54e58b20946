// Which blocks a core consists of.

/** A convolution, batch normalisation that rotations share, ReLU, and a blur-pool where there is a stride. */
export interface Block {
  /** Odd, in pixels; zeros around keep the size. */
  readonly kernelSize: number;
  readonly stride?: number;
}

export interface C8CoreOptions {
  /** Regular fields of each convolution; a field is 8 channels. */
  readonly nFields: number;
  readonly blocks: readonly Block[];
}

/** For images: [3, 224, 224] to [384, 28, 28]. */
export const IMAGE_CORE: C8CoreOptions = {
  nFields: 48,
  blocks: [
    ...[{ kernelSize: 5 }, { kernelSize: 5, stride: 2 }],
    ...[{ kernelSize: 3 }, { kernelSize: 3, stride: 2 }],
    ...[{ kernelSize: 3 }, { kernelSize: 3, stride: 2 }],
    ...[{ kernelSize: 3 }, { kernelSize: 3, stride: 1 }],
  ],
};

/** For grids of caption embeddings of 512 numbers: [512, 8, 8] to [384, 4, 4]. */
export const CAPTION_CORE: C8CoreOptions = {
  nFields: 48,
  blocks: [{ kernelSize: 5 }, { kernelSize: 5, stride: 2 }],
};
